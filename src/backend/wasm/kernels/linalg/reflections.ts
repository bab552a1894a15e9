import type { Kernels } from '../../../kernels.ts';
import { extentsOf, overMatrices } from '../../linalg.ts';

export const geqrf: Kernels['geqrf'] = ([a], _, [h, tau]) => overMatrices(a, (call) => {
  call.run('qr', extentsOf(a), [...call.matrices(a), call.out(h), call.out(tau)], 'qrWork');
});

export const householderProduct: Kernels['householderProduct'] = ([h, tau], { columns }, [q]) => overMatrices(h, (call) => {
  const [rows] = extentsOf(h);
  const count = tau.geometry.shape[tau.geometry.shape.length - 1];
  const args = [...call.matrices(h), call.elements(tau), call.out(q)];
  call.run('reflections', [rows, columns, count], args, 'qrWork', [rows, Math.max(columns, count)]);
});
