/** What benchmarks use of their peers, which are installed apart. */
declare module '@tensorflow/tfjs-backend-wasm' {
  export function setWasmPaths(folder: string): void;
}

declare module '@tensorflow/tfjs-backend-webgpu';

declare module '@tensorflow/tfjs-core/dist/register_all_gradients';

declare module '@tensorflow/tfjs-core' {
  interface TfTensor {
    readonly size: number;
    dispose(): void;
    data(): Promise<Float32Array>;
  }
  interface TfVariable extends TfTensor {
    readonly trainable: boolean;
  }
  interface TfOptimizer {
    minimize(loss: () => TfTensor, returnCost: true): TfTensor;
    dispose(): void;
  }
  export function env(): { set(flag: string, value: boolean): void };
  export function setBackend(name: string): Promise<boolean>;
  export function ready(): Promise<void>;
  export function tensor(values: Float32Array | Int32Array, shape: number[], dtype?: 'float32' | 'int32'): TfTensor;
  export function tensor2d(values: Float32Array, shape: [number, number]): TfTensor;
  export function variable(start: TfTensor): TfVariable;
  export function tidy<T>(body: () => T): T;
  export function matMul(a: TfTensor, b: TfTensor, transposeA?: boolean, transposeB?: boolean): TfTensor;
  export function add(a: TfTensor, b: TfTensor | number): TfTensor;
  export function exp(x: TfTensor): TfTensor;
  export function relu(x: TfTensor): TfTensor;
  export function sum(x: TfTensor, axis?: number): TfTensor;
  export function reshape(x: TfTensor, shape: number[]): TfTensor;
  export function slice(x: TfTensor, begin: number[], size: number[]): TfTensor;
  export function oneHot(indices: TfTensor, depth: number): TfTensor;
  export const losses: { softmaxCrossEntropy(labels: TfTensor, logits: TfTensor): TfTensor };
  export const train: { adam(rate: number, beta1: number, beta2: number, epsilon: number): TfOptimizer };
}

declare module 'numpy-ts' {
  export interface NDArray {
    readonly dtype: string;
    reshape(...shape: number[]): NDArray;
    dispose(): void;
  }
  export const Complex: new (re: number, im: number) => object;
  export function array(values: Float32Array | readonly unknown[], dtype?: string): NDArray;
  export function eye(n: number): NDArray;
  export function linspace(start: number, stop: number, count: number): NDArray;
  export function multiply(a: NDArray, b: NDArray | number): NDArray;
  export function transpose(x: NDArray): NDArray;
  export function zeros(shape: number[]): NDArray;
  export function matmul(a: NDArray, b: NDArray): NDArray;
  export function add(a: NDArray, b: NDArray): NDArray;
  export function exp(x: NDArray): NDArray;
  export function sum(x: NDArray): number;
  export function sort(x: NDArray): NDArray;
}

declare module '@jax-js/jax' {
  export interface Array {
    readonly ref: Array;
    reshape(shape: number[]): Array;
    blockUntilReady(): Promise<unknown>;
    dispose(): void;
  }
  export function init(...devices: 'wasm'[]): Promise<unknown>;
  export function defaultDevice(device: 'wasm'): unknown;
  export const numpy: {
    array(values: Float32Array): Array;
    matmul(a: Array, b: Array): Array;
    add(a: Array, b: Array): Array;
    exp(x: Array): Array;
    sum(x: Array): Array;
    sort(x: Array): Array;
  };
}
