import * as np from 'flambeau/numpy';

np.random.seed(0);

const [N, D_in, H, D_out] = [64, 1000, 100, 10];

const x = np.random.randn(N, D_in);
const y = np.random.randn(N, D_out);

const w1 = np.random.randn(D_in, H);
const w2 = np.random.randn(H, D_out);

const learning_rate = 1e-6;
for (let it = 0; it < 500; it++) {
  // Forward pass
  const h = x.dot(w1); // N * H
  const h_relu = np.maximum(h, 0); // N * H
  const y_pred = h_relu.dot(w2); // N * D_out

  // compute loss
  const loss = np.square(y_pred.sub(y)).sum();
  console.log(it, loss.item());

  // Backward pass
  // compute the gradient
  const grad_y_pred = y_pred.sub(y).mul(2);
  const grad_w2 = h_relu.T.dot(grad_y_pred);
  const grad_h_relu = grad_y_pred.dot(w2.T);
  const grad_h = grad_h_relu.copy();
  grad_h.set([h.lt(0)], 0);
  const grad_w1 = x.T.dot(grad_h);

  // update weights of w1 and w2
  w1.sub_(grad_w1.mul(learning_rate));
  w2.sub_(grad_w2.mul(learning_rate));
}
