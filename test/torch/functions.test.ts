import { expect, it } from 'vitest';
import * as torch from '../../src/torch/index.ts';

/** Functions of structure that calls of PyTorch in files cannot show. */

it('reads the bytes of a buffer from a place on', () => {
  const bytes = new Uint8Array([9, 0, 1, 0, 2, 0, 3, 0]);
  expect(torch.frombuffer(bytes, { dtype: torch.int16 }).tolist({ bigint: false })).toEqual([9, 1, 2, 3]);
  expect(torch.frombuffer(bytes.buffer, { dtype: torch.int16, count: 2, offset: 2 }).tolist({ bigint: false })).toEqual([1, 2]);
  expect(torch.frombuffer(new Float32Array([1.5]), { dtype: torch.float32, requires_grad: true }).requires_grad).toBe(true);
  expect(() => torch.frombuffer(bytes, { dtype: torch.int32, offset: 1 })).toThrow(
    'buffer length (7 bytes) after offset (1 bytes) must be a multiple of element size (4)');
  expect(() => torch.frombuffer(bytes, { dtype: torch.int32, count: 3 })).toThrow(
    'requested buffer length (3 * 4 bytes) after offset (0 bytes) must not be greater than actual buffer length (8 bytes)');
  expect(() => torch.frombuffer(bytes, { dtype: torch.int32, offset: 8 })).toThrow(
    'offset (8 bytes) must be non-negative and no greater than buffer length (8 bytes) minus 1');
  expect(() => torch.frombuffer(new Uint8Array(0), { dtype: torch.int32 })).toThrow('both buffer length (0) and count (-1) must not be 0');
});

it('says how to swap dimensions, which is not done in place', () => {
  expect(() => torch.zeros(2, 3).swapdims_(0, 1)).toThrow('use x = x.swapdims()');
});

it('views shared memory by any strides, and refuses what lies beyond', () => {
  const x = torch.arange(6);
  const view = torch.as_strided(x, [2, 2], [2, 1], 1);
  view.fill_(9);
  expect(x.tolist({ bigint: false })).toEqual([0, 9, 9, 9, 9, 5]);
  expect(() => torch.as_strided(x, [4, 4], [4, 4])).toThrow(/out of bounds for storage/);
});

it('copies what is a view elsewhere', () => {
  const x = torch.arange(4);
  torch.slice_copy(x, 0, 1).fill_(7);
  torch.view_copy(x, [2, 2]).fill_(7);
  expect(x.tolist({ bigint: false })).toEqual([0, 1, 2, 3]);
});
