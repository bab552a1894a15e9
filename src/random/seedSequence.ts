/**
 * NumPy's SeedSequence: mixes entropy of any size into a pool of 32-bit words, from which generators take their states.
 */
import { ValueError, lengthOf, shown } from '../core/errors.ts';

const initA = 0x43b0d7e5;
const multA = 0x931e8875 | 0;
const initB = 0x8b51f9dd | 0;
const multB = 0x58f38ded;
const mixMultLeft = 0xca01f9dd | 0;
const mixMultRight = 0x4973f715;

/** Non-negative integers of any size: one, or a (nested) sequence of them. */
export type EntropyInput = number | bigint | ArrayLike<number | bigint> | readonly EntropyInput[];

export interface SeedSequenceOptions {
  spawn_key?: readonly (number | bigint)[];
  pool_size?: number;
  n_children_spawned?: number;
}

export class SeedSequence {
  readonly entropy: EntropyInput;
  readonly spawn_key: readonly (number | bigint)[];
  readonly pool_size: number;
  readonly pool: Uint32Array;
  n_children_spawned: number;

  constructor(entropy?: EntropyInput | null, options: SeedSequenceOptions = {}) {
    const poolSize = options.pool_size ?? 4;
    if (poolSize < 4) throw new ValueError('The size of the entropy pool should be at least 4');
    this.entropy = entropy ?? randomEntropy(poolSize);
    this.spawn_key = options.spawn_key ?? [];
    this.pool_size = poolSize;
    this.n_children_spawned = options.n_children_spawned ?? 0;
    this.pool = mixEntropy(this.assembledEntropy(), poolSize);
  }

  /** `count` words of 32 bits. The same every time. */
  generateState(count: number): Uint32Array {
    const out = new Uint32Array(count);
    let hash = initB;
    for (let index = 0; index < count; index++) {
      let word = this.pool[index % this.pool_size] ^ hash;
      hash = Math.imul(hash, multB);
      word = Math.imul(word, hash);
      out[index] = word ^ (word >>> 16);
    }
    return out;
  }

  /** `count` words of 64 bits. The same every time. */
  generateState64(count: number): bigint[] {
    const words = this.generateState(2 * count);
    const out: bigint[] = [];
    for (let index = 0; index < count; index++) {
      out.push((BigInt(words[2 * index + 1]) << 32n) | BigInt(words[2 * index]));
    }
    return out;
  }

  /** Children whose streams are independent of each other's and of this one's. */
  spawn(count: number): SeedSequence[] {
    const children: SeedSequence[] = [];
    for (let index = 0; index < count; index++) {
      children.push(new SeedSequence(this.entropy, {
        spawn_key: [...this.spawn_key, this.n_children_spawned + index],
        pool_size: this.pool_size,
      }));
    }
    this.n_children_spawned += count;
    return children;
  }

  private assembledEntropy(): number[] {
    const words = toWords(this.entropy);
    const spawnWords = toWords(this.spawn_key);
    if (spawnWords.length > 0) {
      // So that entropy of fewer words than the pool, with a spawn key, differs from the same words without one.
      while (words.length < this.pool_size) words.push(0);
    }
    return words.concat(spawnWords);
  }
}

function mixEntropy(entropy: readonly number[], poolSize: number): Uint32Array {
  const pool = new Uint32Array(poolSize);
  let hash = initA;
  const hashMix = (word: number): number => {
    let value = word ^ hash;
    hash = Math.imul(hash, multA);
    value = Math.imul(value, hash);
    return value ^ (value >>> 16);
  };
  const mix = (left: number, right: number): number => {
    const value = Math.imul(mixMultLeft, left) - Math.imul(mixMultRight, right);
    return value ^ ((value | 0) >>> 16);
  };
  for (let index = 0; index < poolSize; index++) pool[index] = hashMix(entropy[index] ?? 0);
  for (let source = 0; source < poolSize; source++) {
    for (let target = 0; target < poolSize; target++) {
      if (source !== target) pool[target] = mix(pool[target], hashMix(pool[source]));
    }
  }
  for (let source = poolSize; source < entropy.length; source++) {
    for (let target = 0; target < poolSize; target++) pool[target] = mix(pool[target], hashMix(entropy[source]));
  }
  return pool;
}

/** 32-bit words, least significant first; each integer of a sequence by itself. */
function toWords(entropy: EntropyInput, depth = 0): number[] {
  if (typeof entropy === 'number' || typeof entropy === 'bigint') {
    if (typeof entropy === 'number' && !Number.isInteger(entropy)) throw entropyTypeError(entropy);
    let value = BigInt(entropy);
    if (value < 0n) throw new ValueError('expected non-negative integer');
    const words: number[] = [];
    do {
      words.push(Number(value & 0xffffffffn));
      value >>= 32n;
    } while (value > 0n);
    return words;
  }
  if (typeof entropy !== 'object' || entropy === null || depth > 64) throw entropyTypeError(entropy);
  const words: number[] = [];
  const length = lengthOf(entropy);
  for (let index = 0; index < length; index++) words.push(...toWords(entropy[index] as EntropyInput, depth + 1));
  return words;
}

function entropyTypeError(entropy: unknown): TypeError {
  return new TypeError(`SeedSequence expects int or sequence of ints for entropy not ${shown(entropy)}`);
}

function randomEntropy(poolSize: number): bigint {
  const words = globalThis.crypto.getRandomValues(new Uint32Array(poolSize));
  return words.reduce((value, word) => (value << 32n) | BigInt(word), 0n);
}
