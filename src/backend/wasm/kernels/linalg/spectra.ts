import type { Kernels } from '../../../kernels.ts';
import { extentsOf, overMatrices } from '../../linalg.ts';

export const eigh: Kernels['eigh'] = ([a], { upper }, [values, vectors, info]) => overMatrices(a, (call) => {
  const [n] = extentsOf(a);
  call.run('eigh', [n], [...call.matrices(a), upper ? 1 : 0, call.out(values), call.out(vectors), call.out(info)], 'eighWork');
});

export const eigvalsh: Kernels['eigvalsh'] = ([a], { upper }, [values, info]) => overMatrices(a, (call) => {
  const [n] = extentsOf(a);
  call.run('eigh', [n], [...call.matrices(a), upper ? 1 : 0, call.out(values), 0, call.out(info)], 'eighWork');
});

export const eig: Kernels['eig'] = ([a], _, [values, vectors, info]) => overMatrices(a, (call) => {
  const [n] = extentsOf(a);
  call.run('eig', [n], [...call.matrices(a), call.out(values), call.out(vectors), call.out(info)], 'eigWork');
});

export const eigvals: Kernels['eigvals'] = ([a], _, [values, info]) => overMatrices(a, (call) => {
  const [n] = extentsOf(a);
  call.run('eig', [n], [...call.matrices(a), call.out(values), 0, call.out(info)], 'eigWork');
});

export const svd: Kernels['svd'] = ([a], { full }, [u, s, vh, info]) => overMatrices(a, (call) => {
  const [rows, columns] = extentsOf(a);
  const whole = full ? 1 : 0;
  const args = [...call.matrices(a), call.out(s), call.out(u), call.out(vh), whole, call.out(info)];
  call.run('svd', [rows, columns], args, 'svdWork', [rows, columns, whole]);
});

export const svdvals: Kernels['svdvals'] = ([a], _, [s, info]) => overMatrices(a, (call) => {
  const [rows, columns] = extentsOf(a);
  call.run('svd', [rows, columns], [...call.matrices(a), call.out(s), 0, 0, 0, call.out(info)], 'svdWork', [rows, columns, 0]);
});
