import * as torch from 'flambeau/torch';
import { nn, optim } from 'flambeau/torch';
import type { Tensor } from 'flambeau/torch';

/** What is trained: a step each, which returns the loss. */

function layers(): () => Tensor {
  const model = new nn.Sequential(new nn.Linear(784, 128), new nn.ReLU(), new nn.Linear(128, 10));
  const optimizer = new optim.Adam(model.parameters(), { lr: 1e-3 });
  const x = torch.rand(64, 784);
  const labels = torch.randint(0, 10, [64]);
  return () => {
    optimizer.zero_grad();
    const loss = nn.functional.cross_entropy(model(x), labels);
    loss.backward();
    optimizer.step();
    return loss;
  };
}

const vocabulary = 65;
const context = 64;
const width = 128;
const heads = 4;

class Attention extends nn.Module {
  queryKeyValue = new nn.Linear(width, 3 * width, { bias: false });
  projection = new nn.Linear(width, width, { bias: false });
  future = torch.ones(context, context).tril().eq(0);

  override forward(x: Tensor): Tensor {
    const [batch, length] = x.shape;
    const [q, k, v] = torch.split(this.queryKeyValue(x), width, 2)
      .map((part) => part.view(batch, length, heads, width / heads).transpose(1, 2));
    const scores = q.matmul(k.transpose(-2, -1)).div(Math.sqrt(width / heads)).masked_fill(this.future, -Infinity);
    const mixed = torch.softmax(scores, -1).matmul(v);
    return this.projection(mixed.transpose(1, 2).reshape(batch, length, width));
  }
}

class Block extends nn.Module {
  before = new nn.LayerNorm(width);
  attention = new Attention();
  between = new nn.LayerNorm(width);
  perceptron = new nn.Sequential(new nn.Linear(width, 4 * width), new nn.GELU(), new nn.Linear(4 * width, width));

  override forward(x: Tensor): Tensor {
    const attended = x.add(this.attention(this.before(x)));
    return attended.add(this.perceptron(this.between(attended)));
  }
}

class Gpt extends nn.Module {
  tokens = new nn.Embedding(vocabulary, width);
  positions = new nn.Embedding(context, width);
  blocks = new nn.Sequential(new Block(), new Block(), new Block(), new Block());
  last = new nn.LayerNorm(width);
  head = new nn.Linear(width, vocabulary, { bias: false });

  override forward(indices: Tensor): Tensor {
    const x = this.tokens(indices).add(this.positions(torch.arange(context)));
    return this.head(this.last(this.blocks(x)));
  }
}

/** A character GPT of four layers, as nanoGPT trains it on a CPU. */
function gpt(): () => Tensor {
  const model = new Gpt();
  const optimizer = new optim.AdamW(model.parameters(), { lr: 1e-3, betas: [0.9, 0.99], weight_decay: 0.1 });
  return () => {
    const x = torch.randint(0, vocabulary, [12, context]);
    const y = torch.randint(0, vocabulary, [12, context]);
    const loss = nn.functional.cross_entropy(model(x).view(-1, vocabulary), y.view(-1));
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
    return loss;
  };
}

export const models: Readonly<Record<string, () => () => Tensor>> = { layers, gpt };
