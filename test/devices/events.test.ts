import { expect, it } from 'vitest';
import * as torch from '../../src/torch/index.ts';
import { onGpu } from './place.ts';

onGpu('events', () => {
  it('tell the time that the GPU took between them', async () => {
    const [start, end] = [torch.cuda.Event({ enable_timing: true }), new torch.cuda.Event({ enable_timing: true })];
    const x = torch.ones([2 ** 18], { device: 'cuda' });
    expect(() => start.elapsed_time(end)).toThrow('Both events must be recorded');
    const before = performance.now();
    start.record();
    for (let i = 0; i < 20; i++) x.exp();
    end.record();
    expect(end.query()).toBe(false);
    expect(() => start.elapsed_time(end)).toThrow('await start.synchronize()');
    await Promise.all([start.synchronize(), end.synchronize()]);
    const passed = performance.now() - before;
    expect(end.query()).toBe(true);
    const elapsed = start.elapsed_time(end);
    expect(elapsed).toBeGreaterThan(0);
    expect(elapsed).toBeLessThan(passed);
    expect(end.elapsed_time(start)).toBe(-elapsed);
  });

  it('without timing only wait', async () => {
    const event = torch.cuda.Event();
    expect(event.query()).toBe(true);
    event.record();
    await event.synchronize();
    expect(event.query()).toBe(true);
    expect(() => event.elapsed_time(event)).toThrow("created with argument 'enable_timing=True'");
  });
});
