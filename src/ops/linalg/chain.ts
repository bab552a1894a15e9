/** Where to part a chain of matrices for the fewest multiplications: of `p[i] × p[i + 1]` each, from the i-th to the j-th. */
export function chainOrder(p: readonly number[]): readonly number[][] {
  const count = p.length - 1;
  const costs = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  const order = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  for (let length = 1; length < count; length++) {
    for (let i = 0; i + length < count; i++) {
      const j = i + length;
      costs[i][j] = Infinity;
      for (let k = i; k < j; k++) {
        const cost = costs[i][k] + costs[k + 1][j] + p[i] * p[k + 1] * p[j + 1];
        if (cost < costs[i][j]) [costs[i][j], order[i][j]] = [cost, k];
      }
    }
  }
  return order;
}
