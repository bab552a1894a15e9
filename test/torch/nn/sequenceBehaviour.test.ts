import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as torch from '../../../src/torch/index.ts';
import { readCases } from './support.ts';

/** Helpers of sequences and of parametrized weights, and what layers of sequences refuse, as PyTorch has it. */

// Calls that TypeScript would refuse are among them.
// oxlint-disable-next-line typescript/no-explicit-any
type Loose = any;
const nn = torch.nn as Loose;
const F = nn.functional;
const { parametrizations, parametrize, rnn, stateless } = nn.utils;
const ramp = (...shape: number[]): Loose => torch.arange(shape.reduce((product, extent) => product * extent, 1)).float().reshape(shape);
const x = ramp(4, 3, 2);
const whole = torch.arange(12).reshape(4, 3);
const packed = (): Loose => rnn.pack_padded_sequence(x, [2, 4, 1], { enforce_sorted: false });
const square = ramp(2, 3, 3);

function layer(): Loose {
  const module = nn.Linear(3, 2);
  torch.no_grad(() => {
    for (const parameter of module.parameters()) parameter.copy_(ramp(...parameter.shape).div(4).sub(1));
  });
  return module;
}

class Double extends torch.nn.Module {
  override forward(input: torch.Tensor): torch.Tensor {
    return input.mul(2);
  }

  right_inverse(value: torch.Tensor): torch.Tensor {
    return value.div(2);
  }
}

class Longer extends torch.nn.Module {
  override forward(input: torch.Tensor): torch.Tensor {
    return torch.cat([input, input]);
  }
}

function removed(): unknown {
  const module = parametrize.register_parametrization(layer(), 'weight', new Double());
  parametrize.register_parametrization(module, 'weight', new Double());
  const before = module.parametrizations.weight.original.clone();
  module.weight = torch.ones(2, 3);
  const after = module.parametrizations.weight.original.clone();
  return [before, after, String(parametrize.remove_parametrizations(module, 'weight')), module.weight, Object.keys(module.state_dict())];
}

const actions: Readonly<Record<string, () => unknown>> = {
  'packed': () => packed(),
  'packed integers': () => rnn.pack_padded_sequence(whole, [4, 2, 2]),
  'packed by batches': () => rnn.pack_padded_sequence(whole, torch.tensor([3, 1, 1, 1]), { batch_first: true }),
  'padded': () => rnn.pad_packed_sequence(packed(), { padding_value: -1.5 }),
  'padded by batches': () => rnn.pad_packed_sequence(packed(), { batch_first: true, total_length: 5 }),
  'too short': () => rnn.pad_packed_sequence(packed(), { total_length: 2 }),
  'unsorted': () => rnn.pack_padded_sequence(x, [1, 2, 3]),
  'without elements': () => rnn.pack_padded_sequence(x, [3, 2, 0]),
  'other count': () => rnn.pack_padded_sequence(x, [2, 1]),
  'matrix of lengths': () => rnn.pack_padded_sequence(x, torch.tensor([[2, 1, 1]])),
  'nothing': () => rnn.pack_padded_sequence(torch.zeros(4, 0, 2), []),
  'vector': () => rnn.pack_padded_sequence(torch.zeros(4), [3]),
  'pad': () => rnn.pad_sequence([x.at(0), x.at(1, ':2'), x.at(2, ':1')]),
  'pad left': () => rnn.pad_sequence([whole.at(0), whole.at(1, ':2')], true, 7.9, 'left'),
  'pad nothing': () => rnn.pad_sequence([]),
  'pad a number': () => rnn.pad_sequence(3),
  'pad numbers': () => rnn.pad_sequence([3, x]),
  'pad unlike': () => rnn.pad_sequence([torch.zeros(2, 3), torch.zeros(3, 4)]),
  'pad to a side': () => rnn.pad_sequence([x.at(0)], { padding_side: 'up' }),
  'unpad': () => rnn.unpad_sequence(whole, torch.tensor([1, 3, 2, 0]), { batch_first: true }),
  'unpad too few': () => rnn.unpad_sequence(whole.clone(), torch.tensor([1, 3]), { batch_first: true }),
  'unpack': () => rnn.unpack_sequence(rnn.pack_sequence([torch.tensor([1, 2]), torch.tensor([3, 4, 5])], { enforce_sorted: false })),
  'invert': () => rnn.invert_permutation(torch.tensor([2, 0, 1])),
  'lone data': () => rnn.PackedSequence(torch.ones(3)),
  'other dtype': () => packed().double(),
  'lstm columns': () => nn.LSTM(2, 3)(torch.zeros(4, 3, 5)),
  'lstm dtype': () => nn.LSTM(2, 3)(x.double()),
  'lstm vector': () => nn.LSTM(2, 3)(torch.zeros(4)),
  'lstm state': () => nn.LSTM(2, 3)(x, [torch.zeros(1, 2, 3), torch.zeros(1, 3, 3)]),
  'lstm memory': () => nn.LSTM(2, 3)(x, [torch.zeros(1, 3, 3), torch.zeros(1, 2, 3)]),
  'lstm ranks': () => nn.LSTM(2, 3)(x, [torch.zeros(3, 3), torch.zeros(3, 3)]),
  'lstm single ranks': () => nn.LSTM(2, 3)(x.at(0), [torch.zeros(1, 3, 3), torch.zeros(1, 3, 3)]),
  'lstm of no steps': () => nn.LSTM(2, 3)(torch.zeros(0, 3, 2)),
  'gru state': () => nn.GRU(2, 3)(x, torch.zeros(1, 2, 3)),
  'gru state dtype': () => nn.GRU(2, 3)(x, torch.zeros(1, 3, 3).double()),
  'gru ranks': () => nn.GRU(2, 3)(x, torch.zeros(2, 3)),
  'rnn vector': () => nn.RNN(2, 3)(torch.zeros(2)),
  'rnn nonlinearity': () => nn.RNN(2, 3, { nonlinearity: 'sin' }),
  'gru projection': () => nn.GRU(2, 3, { proj_size: 2 }),
  'large projection': () => nn.LSTM(2, 3, { proj_size: 3 }),
  'large dropout': () => nn.LSTM(2, 3, { dropout: 1.5 }),
  'no dropout': () => nn.LSTM(2, 3, { dropout: true }),
  'bias': () => nn.LSTM(2, 3, { bias: 1 }),
  'fraction': () => nn.LSTM(2.5, 3),
  'no inputs': () => nn.LSTM(0, 3),
  'no state': () => nn.LSTM(2, 0),
  'no layers': () => nn.LSTM(2, 3, 0),
  'unknown': () => nn.LSTM(2, 3, { bogus: 1 }),
  'too little': () => nn.GRU(2),
  'too much': () => nn.LSTM(2, 3, 1, true, false, 0, false, 0, null, null, 5),
  'cell cube': () => nn.RNNCell(2, 3)(x),
  'cell columns': () => nn.RNNCell(2, 3)(torch.zeros(3, 5)),
  'cell state columns': () => nn.GRUCell(2, 3)(torch.zeros(3, 2), torch.zeros(3, 5)),
  'cell batches': () => nn.LSTMCell(2, 3)(torch.zeros(3, 2), [torch.zeros(3, 3), torch.zeros(2, 3)]),
  'cell states': () => nn.LSTMCell(2, 3)(torch.zeros(3, 2), [torch.zeros(3, 3), torch.zeros(1, 2, 3)]),
  'cell nonlinearity': () => nn.RNNCell(2, 3, { nonlinearity: 'sin' })(torch.zeros(3, 2)),
  'attention vector': () => F.scaled_dot_product_attention(torch.zeros(4), torch.zeros(4), torch.zeros(4)),
  'attention integers': () => F.scaled_dot_product_attention(square.long(), square.long(), square.long()),
  'attention dtypes': () => F.scaled_dot_product_attention(square, square.double(), square),
  'attention masks': () => F.scaled_dot_product_attention(square, square, square, torch.ones(3, 3), 0, true),
  'attention mask of integers': () => F.scaled_dot_product_attention(square, square, square, torch.ones(3, 3).long()),
  'attention dropout': () => F.scaled_dot_product_attention(square, square, square, { dropout_p: 1.5 }),
  'attention heads': () => F.scaled_dot_product_attention(torch.zeros(2, 8, 3, 4), torch.zeros(2, 3, 3, 4), torch.zeros(2, 3, 3,
    4), { enable_gqa: true }),
  'attention without heads': () => F.scaled_dot_product_attention(torch.zeros(3, 4), torch.zeros(3, 4), torch.zeros(3, 4),
    { enable_gqa: true }),
  'heads': () => nn.MultiheadAttention(5, 2),
  'no heads': () => nn.MultiheadAttention(4, 0),
  'heads of a vector': () => nn.MultiheadAttention(4, 2)(torch.zeros(4), torch.zeros(4), torch.zeros(4)),
  'heads of unlike ranks': () => nn.MultiheadAttention(4, 2)(torch.zeros(3, 2, 4), torch.zeros(3, 4), torch.zeros(3, 4)),
  'heads of columns': () => nn.MultiheadAttention(4, 2)(torch.zeros(3, 2, 5), torch.zeros(3, 2, 5), torch.zeros(3, 2, 5)),
  'heads with another mask': () => nn.MultiheadAttention(4, 2)(torch.zeros(3, 2, 4), torch.zeros(3, 2, 4), torch.zeros(3, 2, 4),
    { attn_mask: torch.zeros(3, 2) }),
  'heads with a cube of a mask': () => nn.MultiheadAttention(4, 2)(torch.zeros(3, 2, 4), torch.zeros(3, 2, 4), torch.zeros(3, 2,
    4), { attn_mask: torch.zeros(2, 3, 3) }),
  'heads with a mask of integers': () => nn.MultiheadAttention(4, 2)(torch.zeros(3, 2, 4), torch.zeros(3, 2, 4), torch.zeros(3,
    2, 4), { attn_mask: torch.zeros(3, 3).long() }),
  'heads without a mask': () => nn.MultiheadAttention(4, 2)(torch.zeros(3, 2, 4), torch.zeros(3, 2, 4), torch.zeros(3, 2, 4),
    { is_causal: true }),
  'activation': () => nn.TransformerEncoderLayer(4, 2, { activation: 'sin' }),
  'subsequent': () => nn.Transformer.generate_square_subsequent_mask(3),
  'transformer batches': () => nn.Transformer(4, 2, 1, 1, 4)(torch.zeros(3, 2, 4), torch.zeros(3, 3, 4)),
  'transformer features': () => nn.Transformer(4, 2, 1, 1, 4)(torch.zeros(3, 2, 4), torch.zeros(3, 2, 5)),
  'weight norm': () => parametrizations.weight_norm(layer()),
  'weight norm state': () => Object.entries(parametrizations.weight_norm(layer()).state_dict()),
  'weight norm of columns': () => Object.entries(parametrizations.weight_norm(layer(), { dim: 1 }).state_dict()),
  'weight norm of all': () => Object.entries(parametrizations.weight_norm(layer(), 'weight', null).state_dict()),
  'spectral norm': () => parametrizations.spectral_norm(layer()),
  'spectral norm of nothing': () => parametrizations.spectral_norm(layer(), 'other'),
  'spectral norm of no iterations': () => parametrizations.spectral_norm(layer(), { n_power_iterations: 0 }),
  'spectral norm of no dimension': () => parametrizations.spectral_norm(layer(), { dim: 2 }),
  'parametrized': () => parametrize.register_parametrization(layer(), 'weight', new Double()),
  'parametrized twice': removed,
  'parametrized nothing': () => parametrize.register_parametrization(layer(), 'other', new Double()),
  'parametrized longer': () => parametrize.register_parametrization(layer(), 'weight', new Longer()),
  'parametrized longer after': () => parametrize.register_parametrization(parametrize.register_parametrization(layer(), 'weight',
    new Double()), 'weight', new Longer()),
  'nothing to remove': () => parametrize.remove_parametrizations(layer(), 'weight'),
  'no original': () => parametrize.remove_parametrizations(parametrizations.weight_norm(layer()), 'weight', false),
  'fused convolution': () => nn.utils.fuse_conv_bn_weights(ramp(2, 2, 1), null, ramp(2), ramp(2).add(1), 1, ramp(2).add(2), null),
  'fused transposed': () => nn.utils.fuse_conv_bn_weights(ramp(1, 2, 2), ramp(2), ramp(2), ramp(2).add(1), 1, null, ramp(2), true),
  'fused linear': () => nn.utils.fuse_linear_bn_weights(ramp(2, 3), ramp(2), ramp(2), ramp(2).add(1), 1, ramp(2).add(2), ramp(2)),
  'fused in training': () => nn.utils.fuse_linear_bn_eval(layer(), nn.BatchNorm1d(2)),
  'fused unlike': () => nn.utils.fuse_linear_bn_eval(layer().eval(), nn.BatchNorm1d(3).eval()),
  'called': () => stateless.functional_call(layer(), { weight: torch.ones(2, 3) }, ramp(3)),
  'called strictly': () => stateless.functional_call(layer(), { weight: torch.ones(2, 3), x: ramp(2) }, ramp(3), { strict: true }),
  'older weight norm': () => Object.entries(nn.utils.weight_norm(layer()).state_dict()),
  'older weight norm twice': () => nn.utils.weight_norm(nn.utils.weight_norm(layer())),
  'older weight norm removed': () => nn.utils.remove_weight_norm(nn.utils.weight_norm(layer())).weight,
  'older weight norm missing': () => nn.utils.remove_weight_norm(layer()),
  'older spectral norm': () => Object.keys(nn.utils.spectral_norm(layer()).state_dict()),
  'older spectral norm of no iterations': () => nn.utils.spectral_norm(layer(), { n_power_iterations: 0 }),
  'older spectral norm missing': () => nn.utils.remove_spectral_norm(layer()),
};

function shown(value: unknown): unknown {
  return Array.isArray(value) ? value.map(shown) : String(value);
}

interface Case {
  readonly name: string;
  readonly text?: unknown;
  readonly error?: readonly [type: string, message: string];
}

const cases = readCases<Case>('sequenceBehaviour');

beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => {}));
afterEach(() => vi.restoreAllMocks());

test('has every case', () => expect(Object.keys(actions)).toEqual(cases.map(({ name }) => name)));

test.each(cases.map((each) => [each.name, each] as const))('%s', (name, { text, error }) => {
  if (error === undefined) {
    expect(shown(actions[name]())).toEqual(text);
    return;
  }
  let thrown: Error | null = null;
  try {
    actions[name]();
  } catch (caught) {
    thrown = caught as Error;
  }
  expect([thrown?.name, thrown?.message]).toEqual(error);
});
