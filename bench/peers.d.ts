/** What benchmarks use of their peers, which are installed apart. */
declare module '@tensorflow/tfjs-backend-wasm' {
  export function setWasmPaths(folder: string): void;
}

declare module '@tensorflow/tfjs-core' {
  interface TfTensor {
    dispose(): void;
    data(): Promise<Float32Array>;
  }
  export function env(): { set(flag: string, value: boolean): void };
  export function setBackend(name: string): Promise<boolean>;
  export function ready(): Promise<void>;
  export function tensor2d(values: Float32Array, shape: [number, number]): TfTensor;
  export function matMul(a: TfTensor, b: TfTensor): TfTensor;
}
