/** A project without the types of a browser or of Node, by compilers back to 5.4: everything that the package exports is checked. */
import * as flambeau from 'flambeau';
import * as np from 'flambeau/numpy';
import * as slim from 'flambeau/slim';
import * as torch from 'flambeau/torch';
import { nn } from 'flambeau/torch';

const x: np.ndarray = np.arange(6).reshape(2, 3);
const sums: number[] = [];
for (const row of x) sums.push(row.sum().item());
const [first, second] = torch.ones(2, 2);
const model = nn.Sequential(nn.Linear(2, 1), nn.Tanh());
const loss: number = model(first.add(second).view(1, 2)).mean().item();
const message = flambeau.pack({ x, state: model.state_dict() });
const received: { x: np.ndarray; state: nn.StateDict } = flambeau.unpack(message);
const file: Uint8Array = np.save(x);
const loaded: np.ndarray = np.load(file);
await slim.configure({ kernels: file, fma: 'https://example.org/fma.wasm' });
np.testing.assert_equal(x, loaded);
torch.testing.assert_close(first, second, { rtol: 0, atol: 0 });

export { loss, received, sums };
