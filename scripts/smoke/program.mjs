/** Runs inside a project that has only the packed package, on every supported Node; prints one line of JSON. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { info } from 'flambeau';
import * as np from 'flambeau/numpy';
import * as torch from 'flambeau/torch';

const [major, minor] = process.versions.node.split('.').map(Number);
let checks = 0;
/** @param {unknown} actual @param {unknown} expected */
function check(actual, expected) {
  assert.deepEqual(actual, expected);
  checks++;
}

check(String(np.arange(6).reshape(2, 3)), '[[0 1 2]\n [3 4 5]]');
check(String(np.matmul(np.ones([2, 3]), np.ones([3, 2]))), '[[3. 3.]\n [3. 3.]]');
check(np.array([1, 2.5]).dtype.name, 'float64');
check(String(torch.tensor([1, 2.5]).mul(2)), 'tensor([2., 5.])');
assert.throws(() => np.add([1, 2, 3], [1, 2]), { name: 'ValueError', message: /shapes \(3,\) \(2,\)/ });
checks++;

// A job that drops what it made reuses the memory, and what it kept holds what was written.
const kept = Array.from({ length: 400 }, (_, i) => {
  const last = Array.from({ length: 10 }, () => np.full(5000, i).add(i)).at(-1);
  return last.sub(i);
});
check(kept.every((each, i) => each.tolist().every(value => value === i)), true);
for (let i = 0; i < 20_000; i++) kept[i % 8] = np.add(kept[i % 400], 0.5);
// Since Node 26 collections of young objects find it.
check(info().memory.inUse <= (major >= 26 ? 2 ** 26 : 2 ** 29), true);

torch.manual_seed(0);
const x = torch.randn(64, 4);
const y = x.sum(1, true);
const model = new torch.nn.Sequential(new torch.nn.Linear(4, 8), new torch.nn.ReLU(), new torch.nn.Linear(8, 1));
const optimizer = new torch.optim.Adam(model.parameters(), { lr: 0.05 });
const losses = [];
for (let step = 0; step < 60; step++) {
  optimizer.zero_grad();
  const loss = torch.nn.functional.mse_loss(model(x), y);
  loss.backward();
  optimizer.step();
  losses.push(loss.item());
}
assert.ok(losses.at(-1) < losses[0] / 10, `the loss went from ${losses[0]} to ${losses.at(-1)}`);
checks++;

const state = info();
check(state.simd, true);
assert.match(String(state), /^SIMD +on\nrelaxed SIMD +o/m);
checks++;

const require = createRequire(import.meta.url);
if (major > 20 || minor >= 19) check(require('flambeau/numpy'), np);
for (const name of ['kernels', 'fma', 'fmaRelaxed']) {
  assert.ok(readFileSync(new URL(import.meta.resolve(`flambeau/wasm/${name}.wasm`))).length > 10_000);
  checks++;
}
console.log(JSON.stringify({ checks, relaxedSimd: state.relaxedSimd, turbo: state.turbo }));
