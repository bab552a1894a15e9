import { ValueError } from '../../core/errors.ts';
import { largestMean } from '../../random/poisson.ts';

/** What distributions take for parameters: refuses values of that name, one or several, in NumPy's words. */
export type Limit = (name: string, values: ArrayLike<number>, several: boolean) => void;

/** Where NumPy speaks of one number that is none, and of several. */
const nanOf = (name: string, several: boolean): string => (several ? `${name} contains NaNs` : `${name} is NaN`);

function limit(fits: (value: number) => boolean, message: (name: string, several: boolean) => string): Limit {
  return (name, values, several) => {
    for (let i = 0; i < values.length; i++) if (!fits(values[i])) throw new ValueError(message(name, several));
  };
}

const above = (name: string): string => `${name} <= 0`;

export const nonNegative = limit((value) => !(value < 0 || Object.is(value, -0)), (name) => `${name} < 0`);
export const positive = limit((value) => !(value <= 0), above);
export const positiveNumber: Limit = (name, values, several) => {
  limit((value) => value === value, () => `${name} must not be NaN`)(name, values, several);
  positive(name, values, several);
};
export const chance = limit((value) => value >= 0 && value <= 1, (name, several) => `${name} < 0, ${name} > 1 or ${nanOf(name, several)}`);
export const positiveChance = limit(
  (value) => value > 0 && value <= 1, (name) => `${name} <= 0, ${name} > 1 or ${nanOf(name, true)}`);
export const chanceBelowOne = limit(
  (value) => value >= 0 && value < 1, (name, several) => `${name} < 0, ${name} >= 1 or ${nanOf(name, several)}`);
export const aboveOne = limit((value) => value > 1, (name, several) => `${name} <= 1 or ${nanOf(name, several)}`);
export const atLeastOne = limit((value) => value >= 1, (name, several) => `${name} < 1 or ${nanOf(name, several)}`);

const notTooLarge = limit((value) => value <= largestMean, (name) => `${name} value too large`);
const meanNotNegative = limit((value) => value >= 0, (name, several) => `${name} < 0 or ${nanOf(name, several)}`);
/** Of the mean of a count. */
export const mean: Limit = (name, values, several) => {
  const [first, second] = several ? [notTooLarge, meanNotNegative] : [meanNotNegative, notTooLarge];
  first(name, values, several);
  second(name, values, several);
};
