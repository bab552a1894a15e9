import * as torch from 'flambeau/torch';
import { pixels } from './ink.ts';

/** The handwritten digits that the page learns from, as scripts/page packs them. */

/** Digits on the CPU. */
export interface Part {
  readonly count: number;
  /** `count` images of 28×28 bytes: 0 is paper, 255 ink. */
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

export interface Digits {
  readonly train: Part;
  readonly test: Part;
}

/** Fetches the digits; `progress` hears which share of them has come. */
export async function loadDigits(address: string, progress: (share: number) => void): Promise<Digits> {
  const response = await fetch(address);
  if (!response.ok || response.body === null) throw new Error(`the digits could not be loaded: ${response.status} ${response.statusText}`);
  const total = Number(response.headers.get('content-length'));
  let received = 0;
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      received += chunk.length;
      if (total > 0) progress(Math.min(1, received / total));
      controller.enqueue(chunk);
    },
  });
  const unpacked = response.body.pipeThrough(counted).pipeThrough(new DecompressionStream('gzip'));
  return readDigits(await new Response(unpacked).arrayBuffer());
}

/** Two counts of four bytes; then the training images, their labels, the test images and their labels. */
export function readDigits(file: ArrayBuffer): Digits {
  const [trainCount, testCount] = new Uint32Array(file, 0, 2);
  let offset = 8;
  const take = (bytes: number): Uint8Array => {
    const part = new Uint8Array(file, offset, bytes);
    offset += bytes;
    return part;
  };
  const part = (count: number): Part => ({ count, images: take(count * pixels), labels: take(count) });
  const digits = { train: part(trainCount), test: part(testCount) };
  if (offset !== file.byteLength) throw new Error(`the file of digits has ${file.byteLength} bytes, and its counts ask for ${offset}`);
  return digits;
}

/** (n, 784) floats as the network takes them: MNIST's mean taken off and its deviation divided out. */
export function toInputs(images: Uint8Array): torch.Tensor {
  return torch.tensor(images).to(torch.float32).div_(255).sub_(0.1307).div_(0.3081).view(-1, pixels);
}
