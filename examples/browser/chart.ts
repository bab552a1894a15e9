import { makeSvg } from './dom.ts';

/** A curve over the training steps, as SVG that takes its colours from the style sheet. */

export interface ChartOptions {
  /** What the curve shows, for those who do not see it. */
  readonly name: string;
  readonly logarithmic: boolean;
  /** The values at the axis's ends; the lower end of a logarithmic axis sinks with the curve. */
  readonly range: readonly [number, number];
  /** How values are written, at the axis and for those who point at the curve. */
  readonly tick: (value: number) => string;
  readonly text: (value: number) => string;
  /** Draws every value faintly and the mean of its neighbourhood boldly. */
  readonly smooth: boolean;
  /** A value worth a dashed line, and its name. */
  readonly reference?: { readonly value: number; readonly name: string };
}

interface Sample {
  readonly step: number;
  readonly value: number;
}

const margin = { left: 46, right: 14, top: 14, bottom: 26 };
/** More samples than these are thinned out: a curve is not wider than that many pixels. */
const mostSamples = 1200;
/** The share of all steps on either side that a smooth curve takes its means over. */
const neighbourhood = 1 / 60;

/** Means over the steps around each sample, fewer of them at the start, so that the curve begins where its values do. */
function smoothed(samples: readonly Sample[]): Sample[] {
  // A sample stands for the steps since the one before it.
  const since = (i: number): number => (i === 0 ? 0 : samples[i - 1].step);
  const sums = [0];
  samples.forEach(({ step, value }, i) => sums.push(sums[i] + (step - since(i)) * value));
  const widest = neighbourhood * (samples.at(-1)?.step ?? 0);
  let from = 0;
  let to = 0;
  return samples.map(({ step }, i) => {
    const reach = Math.min(widest, step - samples[0].step);
    while (samples[from].step < step - reach) from++;
    to = Math.max(to, i + 1);
    while (to < samples.length && samples[to].step <= step + reach) to++;
    return { step, value: (sums[to] - sums[from]) / (samples[to - 1].step - since(from)) };
  });
}

/** Round numbers of steps, so many of them at most. */
function stepTicks(last: number, most: number): number[] {
  const rough = last / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const distance = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const ticks: number[] = [];
  for (let tick = 0; tick <= last; tick += distance) ticks.push(tick);
  return ticks;
}

/** Round numbers between the ends of an axis. */
function valueTicks([low, high]: readonly [number, number], logarithmic: boolean): number[] {
  if (!logarithmic) return [0, 0.25, 0.5, 0.75, 1].map((share) => low + share * (high - low));
  const ticks = [-4, -3, -2, -1, 0].flatMap((power) => [1, 2, 5].map((factor) => factor * 10 ** power));
  return ticks.filter((tick) => tick >= low * 0.999 && tick <= high);
}

export class Chart {
  private readonly svg: SVGSVGElement;
  private readonly options: ChartOptions;
  private samples: Sample[] = [];
  /** The curve that is drawn boldly. */
  private shown: readonly Sample[] = [];
  private marks: { readonly step: number; readonly name: string }[] = [];
  private pointed: number | null = null;
  private scheduled = false;
  private width = 0;
  private height = 0;

  constructor(svg: SVGSVGElement, options: ChartOptions) {
    this.svg = svg;
    this.options = options;
    svg.setAttribute('role', 'img');
    new ResizeObserver(() => this.refresh()).observe(svg);
    svg.addEventListener('pointermove', (event) => this.point(event));
    svg.addEventListener('pointerdown', (event) => this.point(event));
    svg.addEventListener('pointerleave', () => {
      this.pointed = null;
      this.refresh();
    });
  }

  add(step: number, value: number): void {
    this.samples.push({ step, value });
    if (this.samples.length > mostSamples) this.samples = this.samples.filter((_, i) => i % 2 === 0 || i > mostSamples - 100);
    this.refresh();
  }

  /** A line across the chart where something changed. */
  mark(step: number, name: string): void {
    this.marks = [...this.marks.filter((each) => each.step !== step), { step, name }];
    this.refresh();
  }

  /** Takes back all that lies beyond a step. */
  cut(step: number): void {
    this.samples = this.samples.filter((sample) => sample.step <= step);
    this.marks = this.marks.filter((each) => each.step <= step);
    this.refresh();
  }

  clear(): void {
    this.samples = [];
    this.marks = [];
    this.refresh();
  }

  private refresh(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    requestAnimationFrame(() => {
      this.scheduled = false;
      this.draw();
    });
  }

  private get lastStep(): number {
    return Math.max(60, this.samples.at(-1)?.step ?? 0);
  }

  private get range(): readonly [number, number] {
    const { range: [low, high], logarithmic } = this.options;
    if (!logarithmic) return [low, high];
    const lowest = Math.min(low, ...this.shown.map(({ value }) => value * 0.75));
    return [Math.max(1e-4, lowest), high];
  }

  private across(step: number): number {
    return margin.left + (step / this.lastStep) * (this.width - margin.left - margin.right);
  }

  private down(value: number, [low, high]: readonly [number, number]): number {
    const shaped = this.options.logarithmic ? Math.log : (x: number): number => x;
    const share = (shaped(Math.max(value, low)) - shaped(low)) / (shaped(high) - shaped(low));
    return margin.top + (1 - Math.min(1, share)) * (this.height - margin.top - margin.bottom);
  }

  private point({ clientX }: PointerEvent): void {
    const place = clientX - this.svg.getBoundingClientRect().left - margin.left;
    this.pointed = (place / (this.width - margin.left - margin.right)) * this.lastStep;
    this.refresh();
  }

  private path(samples: readonly Sample[], range: readonly [number, number]): string {
    return samples.map(({ step, value }, i) =>
      `${i === 0 ? 'M' : 'L'}${this.across(step).toFixed(1)} ${this.down(value, range).toFixed(1)}`).join('');
  }

  private draw(): void {
    ({ width: this.width, height: this.height } = this.svg.getBoundingClientRect());
    if (this.width === 0) return;
    this.shown = this.options.smooth ? smoothed(this.samples) : this.samples;
    const { options, range } = this;
    const bottom = this.height - margin.bottom;
    const right = this.width - margin.right;
    const parts: SVGElement[] = [];
    const line = (kind: string, x1: number, y1: number, x2: number, y2: number): void =>
      void parts.push(makeSvg('line', { class: kind, x1, y1, x2, y2 }));
    const text = (kind: string, x: number, y: number, anchor: string, words: string): void =>
      void parts.push(makeSvg('text', { class: kind, x, y, 'text-anchor': anchor }, words));

    for (const tick of valueTicks(range, options.logarithmic)) {
      const y = this.down(tick, range);
      line('rule', margin.left, y, right, y);
      text('tick', margin.left - 8, y + 4, 'end', options.tick(tick));
    }
    const ticks = stepTicks(this.lastStep, Math.max(2, Math.min(7, Math.floor(this.width / 80))));
    for (const tick of ticks) {
      const x = this.across(tick);
      if (x < right - 56) text('tick', x, bottom + 18, 'middle', tick.toLocaleString('en'));
    }
    text('tick', right, bottom + 18, 'end', 'steps');
    if (options.reference !== undefined) {
      const y = this.down(options.reference.value, range);
      line('reference', margin.left, y, right, y);
      text('tick', right, y - 6, 'end', options.reference.name);
    }
    for (const { step, name } of this.marks) {
      const x = this.across(step);
      line('mark', x, margin.top, x, bottom);
      const nearEnd = x > right - 80;
      text('mark-name', x + (nearEnd ? -6 : 6), bottom - 0.3 * (bottom - margin.top), nearEnd ? 'end' : 'start', name);
    }
    if (this.samples.length > 0) this.drawCurve(parts, range, bottom);
    this.svg.replaceChildren(...parts);
    this.svg.setAttribute('aria-label', this.describe());
  }

  private drawCurve(parts: SVGElement[], range: readonly [number, number], bottom: number): void {
    const { shown, options } = this;
    const curve = this.path(shown, range);
    const [first, last] = [shown[0], shown.at(-1)!];
    const area = `${curve}L${this.across(last.step)} ${bottom}L${this.across(first.step)} ${bottom}Z`;
    parts.push(makeSvg('path', { class: 'area', d: area }));
    if (options.smooth) parts.push(makeSvg('path', { class: 'faint', d: this.path(this.samples, range) }));
    parts.push(makeSvg('path', { class: 'curve', d: curve }));
    const { pointed } = this;
    const near = pointed === null ? last
      : shown.reduce((best, each) => (Math.abs(each.step - pointed) < Math.abs(best.step - pointed) ? each : best), last);
    const [x, y] = [this.across(near.step), this.down(near.value, range)];
    if (pointed !== null) {
      parts.push(makeSvg('line', { class: 'pointer', x1: x, y1: margin.top, x2: x, y2: bottom }));
      const left = x > this.width / 2;
      const words = `${options.text(near.value)} at step ${near.step.toLocaleString('en')}`;
      parts.push(makeSvg('text', {
        class: 'pointed', x: x + (left ? -10 : 10), y: Math.max(margin.top + 24, y - 12), 'text-anchor': left ? 'end' : 'start',
      }, words));
    }
    parts.push(makeSvg('circle', { class: 'head', cx: x, cy: y, r: 4.5 }));
  }

  private describe(): string {
    const last = this.shown.at(-1);
    if (last === undefined) return `${this.options.name}: nothing yet`;
    const [from, to] = [this.shown[0].value, last.value].map(this.options.text);
    return `${this.options.name}: from ${from} at the start to ${to} at step ${last.step}`;
  }
}
