import { expect } from 'vitest';
import type { Room } from './tolerances.ts';

export const isWithin = (got: number, wanted: number, { relative, absolute }: Room): boolean =>
  Math.abs(got - wanted) <= absolute + relative * Math.abs(wanted);

/** That a number is as near to the expected one as there is room, and the same where either is not finite. */
export function expectWithin(got: number, wanted: number, room: Room, what = 'value'): void {
  const finite = Number.isFinite(wanted) && Number.isFinite(got);
  if (!(finite ? isWithin(got, wanted, room) : Object.is(got, wanted))) {
    expect.fail(`${what} is ${got}, not ${wanted}; there is room for ${room.relative} of it and ${room.absolute}`);
  }
}
