/** The cosine and sine of π·k/(4·n) for k up to n: those that are known exactly, or alike, to the bit. */
function withinOctant(k: number, n: number): readonly [number, number] {
  if (k === n) return [Math.SQRT1_2, Math.SQRT1_2];
  const angle = Math.PI * k / (4 * n);
  return [Math.cos(angle), 3 * k === 2 * n ? 0.5 : Math.sin(angle)];
}

/** The cosine and sine of 2π·k/n, from the angle within an octant that has them but for order and signs. */
function writeRoot(k: number, n: number, to: Float64Array, at: number): void {
  const eighths = 8 * k;
  const octant = Math.floor(eighths / n);
  const within = octant % 2 === 0 ? eighths - octant * n : (octant + 1) * n - eighths;
  const [near, far] = withinOctant(within, n);
  const upright = octant % 4 === 1 || octant % 4 === 2;
  to[at] = (octant >= 2 && octant <= 5 ? -1 : 1) * (upright ? far : near);
  to[at + 1] = (octant >= 4 ? -1 : 1) * (upright ? near : far);
}

/** All numbers e^(2πi·k/n); as many are computed as have no mirror image among the others. */
export function rootsOfUnity(n: number): Float64Array {
  const roots = new Float64Array(2 * n);
  const computed = Math.floor(n % 4 === 0 ? n / 8 : n % 2 === 0 ? n / 4 : n / 2);
  for (let k = 0; k <= computed; k++) writeRoot(k, n, roots, 2 * k);
  let known = computed + 1;
  const mirror = (end: number, write: (from: number, at: number) => void): void => {
    for (; known <= end; known++) write(2 * (end - known), 2 * known);
  };
  if (n % 4 === 0) {
    mirror(n / 4, (from, at) => {
      roots[at] = roots[from + 1];
      roots[at + 1] = roots[from];
    });
  }
  if (n % 2 === 0) {
    mirror(n / 2, (from, at) => {
      roots[at] = -roots[from];
      roots[at + 1] = roots[from + 1];
    });
  }
  for (; known < n; known++) {
    roots[2 * known] = roots[2 * (n - known)];
    roots[2 * known + 1] = -roots[2 * (n - known) + 1];
  }
  return roots;
}
