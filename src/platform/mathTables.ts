import { logOfReciprocal, one, powersOfTwo, roundTo, toDouble } from '../core/exactLogarithms.ts';
import { reciprocals } from '../core/reciprocals.ts';

/**
 * The tables behind exp, log, log2 and pow. All of them follow from reciprocals, of which JavaScript has those of log for itself: a packed
 * module has zeros in their place, since computing them again takes less than their bytes would. What is computed is what the compiler
 * wrote, bit for bit: the build makes sure.
 */

/** Where the tables begin in a module's bytes: 2^(i/128), the logarithms and their splits, those to base 2, and the logarithms of pow. */
export type TablePlaces = readonly [exp: number, log: number, logSplit: number, log2: number, log2Split: number, pow: number];

/** The same pairs, with the bits of i off the exponents of 2^(i/128). */
function fillPowers(view: DataView, at: number): void {
  powersOfTwo().forEach((value, i) => view.setFloat64(at + 8 * i, value, true));
  for (let i = 0; i < 128; i++, at += 16) view.setBigUint64(at + 8, view.getBigUint64(at + 8, true) - (BigInt(i) << 45n), true);
}

/** 43 bits of the logarithms to some base behind their reciprocals, so that multiples of log(2) add to them exactly. */
function fillLogarithms(view: DataView, at: number, count: number, base: bigint): void {
  for (const end = at + 16 * count; at < end; at += 16) {
    view.setFloat64(at + 8, toDouble(roundTo(43n, logOfReciprocal(view.getFloat64(at, true)) * one / base)), true);
  }
}

/** The same in entries of four, with what the 43 bits lack. */
function fillLongLogarithms(view: DataView, at: number): void {
  for (const end = at + 32 * 128; at < end; at += 32) {
    const logarithm = logOfReciprocal(view.getFloat64(at, true));
    const head = roundTo(43n, logarithm);
    view.setFloat64(at + 16, toDouble(head), true);
    view.setFloat64(at + 24, toDouble(logarithm - head), true);
  }
}

/** What the reciprocals are those of, in two parts, from a quotient of 113 significant bits. */
function fillSplits(view: DataView, at: number, from: number, count: number): void {
  for (const end = at + 16 * count; at < end; at += 16, from += 16) {
    const x = view.getFloat64(from, true);
    const quotient = roundTo(x < 1 ? 112n : 113n, (one << 53n) / BigInt(x * 2 ** 53));
    const head = Number(quotient);
    view.setFloat64(at, toDouble(quotient), true);
    view.setFloat64(at + 8, toDouble(quotient - BigInt(head)), true);
  }
}

/** Computes the tables in a module's bytes, those of log2 and pow from the reciprocals that are there. */
export function fillTables(module: Uint8Array, [exp, log, logSplit, log2, log2Split, pow]: TablePlaces): void {
  const view = new DataView(module.buffer, module.byteOffset, module.byteLength);
  fillPowers(view, exp);
  reciprocals.forEach((value, i) => view.setFloat64(log + 16 * i, value, true));
  fillLogarithms(view, log, 128, one);
  fillSplits(view, logSplit, log, 128);
  fillLogarithms(view, log2, 64, logOfReciprocal(0.5));
  fillSplits(view, log2Split, log2, 64);
  fillLongLogarithms(view, pow);
}
