/** A Worker: compiling from bytes is forbidden in it, so the modules come as static imports. */
import { info } from 'flambeau';
import * as np from 'flambeau/numpy';
import * as torch from 'flambeau/torch';

export default {
  fetch() {
    const total = np.arange(6).reshape(2, 3).sum();
    const w = torch.ones(2, 2, { requires_grad: true });
    w.matmul(w).sum().backward();
    return Response.json({ total: String(total), grad: String(w.grad), relaxedSimd: info().relaxedSimd });
  },
};
