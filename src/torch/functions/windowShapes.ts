/** What windows are made of: the height at a place, `span` being how far it is from where they begin to where they begin again. */

export type Height = (place: number) => number;

/** The modified Bessel function of order 0, by its series, whose terms are all positive. */
function besselI0(x: number): number {
  const quarter = (x * x) / 4;
  let [term, total] = [1, 1];
  for (let k = 1; term > total * 2 ** -54; k++) {
    term *= quarter / (k * k);
    total += term;
  }
  return total;
}

/** A sum of cosines of multiples of a turn, whose signs alternate. */
export const cosines = (weights: readonly number[], span: number): Height => (place) =>
  weights.reduce((total, weight, i) => total + (i % 2 === 0 ? weight : -weight) * Math.cos((2 * Math.PI * i * place) / span), 0);

export const triangle = (span: number): Height => (place) => 1 - Math.abs((2 * place) / span - 1);

export const kaiserShape = (beta: number, span: number): Height => (place) =>
  besselI0(beta * Math.sqrt(Math.max(0, 1 - ((2 * place) / span - 1) ** 2))) / besselI0(beta);
