import { expect, it } from 'vitest';
import { opened } from './place.ts';
import * as flambeau from '../../src/index.ts';
import * as torch from '../../src/torch/index.ts';

/** The device itself. */

it('opens the GPU', (context) => {
  const { meta } = context.task;
  if ('missing' in opened) {
    meta.missing = opened.missing;
    context.skip(opened.missing);
  } else {
    meta.adapter = opened.adapter;
    expect(flambeau.info().gpu).toBe(opened.adapter);
    expect(torch.webgpu.is_available()).toBe(true);
  }
});
