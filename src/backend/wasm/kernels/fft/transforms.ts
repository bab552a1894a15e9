import type { Kernels } from '../../../kernels.ts';
import { declined } from '../../../kernels.ts';
import { componentOf, fftExports, linesOf, overLines } from '../../fft/lines.ts';
import { planAt, realPlanAt } from '../../fft/plans.ts';
import { staged } from '../../staging.ts';

export const fftC2C: Kernels['fftC2C'] = ([x], { axes, forward, scale }, [out]) => {
  if (axes.length === 0) return declined;
  if (out.geometry.size === 0) return undefined;
  const component = componentOf(out);
  const exports = fftExports();
  staged((stage) => {
    const [from, to] = [stage.address(x), stage.address(out, 'write')];
    axes.forEach((axis, i) => {
      const source = i === 0 ? x : out;
      const lines = linesOf(source, out, axis, out.geometry.shape[axis]);
      const { steps, strides, count, width } = lines;
      const plan = planAt(out.geometry.shape[axis], component, exports);
      const work = stage.workspace(exports[`complexWork_${component}`](plan, width));
      const factor = i === axes.length - 1 ? scale : 1;
      overLines(lines, i === 0 ? from : to, to, (a, b) => {
        exports[`complexToComplex_${component}`](
          plan, a, steps[0], strides[0], b, steps[1], strides[1], count, width, work, Number(forward), factor);
      });
    });
  });
  return undefined;
};

export const fftR2C: Kernels['fftR2C'] = ([x], { axis, forward, onesided, scale }, [out]) => {
  if (out.geometry.size === 0) return;
  const component = componentOf(out);
  const length = x.geometry.shape[axis];
  const exports = fftExports();
  const lines = linesOf(x, out, axis, length);
  const { steps, strides, count, width } = lines;
  staged((stage) => {
    const plan = realPlanAt(length, component, exports);
    const work = stage.workspace(exports[`realWork_${component}`](plan, width));
    overLines(lines, stage.address(x), stage.address(out, 'write'), (a, b) => {
      exports[`realToComplex_${component}`](plan, length, a, steps[0], strides[0], b, steps[1], strides[1], count, width, work,
        Number(forward), Number(!onesided), scale);
    });
  });
};

export const fftC2R: Kernels['fftC2R'] = ([x], { axis, length, forward, scale }, [out]) => {
  if (out.geometry.size === 0) return;
  const component = componentOf(out);
  const exports = fftExports();
  const lines = linesOf(x, out, axis, length);
  const { steps, strides, count, width } = lines;
  staged((stage) => {
    const plan = realPlanAt(length, component, exports);
    const work = stage.workspace(exports[`realWork_${component}`](plan, width));
    overLines(lines, stage.address(x), stage.address(out, 'write'), (a, b) => {
      exports[`complexToReal_${component}`](plan, length, a, steps[0], strides[0], b, steps[1], strides[1], count, width, work,
        Number(forward), scale);
    });
  });
};
