import type { Kernels } from '../../../kernels.ts';
import { extentsOf, overMatrices } from '../../linalg.ts';

export const luFactor: Kernels['luFactor'] = ([a], _, [lu, pivots, info]) => overMatrices(a, (call) => {
  call.run('lu', extentsOf(a), [...call.matrices(a), call.out(lu), call.out(pivots), call.out(info)], 'luWork');
});

export const luSolve: Kernels['luSolve'] = ([lu, pivots, b], { adjoint }, [x]) => overMatrices(lu, (call) => {
  const args = [...call.matrices(lu), call.elements(pivots), ...call.matrices(b), call.out(x), adjoint ? 1 : 0];
  call.run('luSolve', extentsOf(b), args, 'solveWork');
});

export const inverse: Kernels['inverse'] = ([a], _, [out, info]) => overMatrices(a, (call) => {
  const [n] = extentsOf(a);
  call.run('inverse', [n], [...call.matrices(a), call.out(out), call.out(info)], 'inverseWork');
});

export const triangularSolve: Kernels['triangularSolve'] = ([a, b], { upper, unit }, [x]) => overMatrices(a, (call) => {
  call.run('triangular', extentsOf(b), [...call.matrices(a), ...call.matrices(b), call.out(x), upper ? 1 : 0, unit ? 1 : 0], 'solveWork');
});

export const cholesky: Kernels['cholesky'] = ([a], { upper }, [factor, info]) => overMatrices(a, (call) => {
  const [n] = extentsOf(a);
  call.run('cholesky', [n], [...call.matrices(a), call.out(factor), upper ? 1 : 0, call.out(info)], 'choleskyWork');
});
