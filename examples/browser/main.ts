import * as flambeau from 'flambeau';
import * as torch from 'flambeau/torch';
import { Chart } from './chart.ts';
import { loadDigits } from './digits.ts';
import { byId, percent, sleep } from './dom.ts';
import { DigitGrid } from './grid.ts';
import { Loop } from './loop.ts';
import { Pad } from './pad.ts';
import { listenForCopying, showProgram } from './program.ts';
import type { Place } from './trainer.ts';
import { Trainer, batchSize } from './trainer.ts';

/**
 * The page. What it does can be followed at the attributes of its `main` element: `data-state` (loading, ready, running,
 * paused, rested, failed), `data-device` (cpu, webgpu), `data-step`, `data-loss` (the mean of the last steps),
 * `data-accuracy` (on the test digits), `data-speed` (steps per second), `data-reading` (what the model takes the pad for; empty
 * while that is not known).
 */

type State = 'loading' | 'ready' | 'running' | 'paused' | 'rested' | 'failed';

const roundsAtOnce = 10;
const names: Readonly<Record<Place, string>> = { cpu: 'CPU', webgpu: 'GPU' };

const page = byId('page');
const toggle = byId<HTMLButtonElement>('toggle');
const reset = byId<HTMLButtonElement>('reset');
const deviceInputs = document.querySelectorAll<HTMLInputElement>('input[name=device]');

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const sentence = (text: string): string => `${text[0].toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;

function setState(state: State): void {
  page.dataset.state = state;
  toggle.textContent = { loading: 'Loading…', ready: 'Start training', running: 'Pause', paused: 'Go on', failed: 'Stopped',
    rested: `${roundsAtOnce} rounds more` }[state];
  // After a failure there are the way back to the start and that to the other device.
  toggle.disabled = state === 'loading' || state === 'failed';
  for (const control of [reset, ...deviceInputs]) control.disabled = state === 'loading';
}

/** Says what went otherwise than asked for; an empty text takes it back. */
function notify(text: string): void {
  const notice = byId('notice');
  notice.hidden = text === '';
  notice.textContent = text;
}

function fail(error: unknown): void {
  console.error(error);
  notify(sentence(words(error)));
  setState('failed');
}

function setFigure(name: 'step' | 'loss' | 'accuracy' | 'speed', value: number | null, text: string): void {
  page.dataset[name] = value === null ? '' : String(value);
  byId(name).textContent = text;
}

const lossChart = new Chart(byId<SVGSVGElement>('loss-chart'), {
  name: 'Loss on the training digits', logarithmic: true, range: [0.25, 2.6], smooth: true,
  tick: (value) => String(value), text: (value) => value.toFixed(value < 0.1 ? 3 : 2),
});
const accuracyChart = new Chart(byId<SVGSVGElement>('accuracy-chart'), {
  name: 'Accuracy on the test digits', logarithmic: false, range: [0, 1], smooth: false,
  tick: (value) => percent(value, 0), text: (value) => percent(value), reference: { value: 0.1, name: 'guessing' },
});

async function openGpu(): Promise<string | null> {
  try {
    await flambeau.init({ webgpu: true });
    return null;
  } catch (error) {
    return words(error);
  }
}

async function start(): Promise<void> {
  const bar = byId<HTMLProgressElement>('loading');
  const [digits, lacking] = await Promise.all([
    loadDigits('digits.bin', (share) => {
      bar.value = share;
    }),
    openGpu(),
  ]);
  const { train, test } = digits;
  const [learnt, tested] = [train, test].map(({ count }) => count.toLocaleString('en'));
  byId('counts').textContent = `${learnt} digits to learn from, ${tested} to be tested on`;
  bar.hidden = true;

  const trainer = new Trainer(digits);
  const loop = new Loop(trainer, {
    loss(step, loss) {
      setFigure('step', step, step.toLocaleString('en'));
      setFigure('loss', loss, loss.toFixed(loss < 0.1 ? 3 : 2));
      byId('round').textContent = `round ${Math.ceil(step / trainer.stepsPerRound)}`;
      lossChart.add(step, loss);
    },
    evaluation(step, { accuracy, predictions }) {
      setFigure('accuracy', accuracy, percent(accuracy));
      accuracyChart.add(step, accuracy);
      grid.show(predictions);
      readPad();
    },
    speed: (speed) => setFigure('speed', speed, speed < 10 ? speed.toFixed(1) : Math.round(speed).toLocaleString('en')),
    done: () => setState('rested'),
  });

  /** One thing after another: what moves or renews the model waits until no step is under way. */
  let queue: Promise<void> = Promise.resolve();
  function exclusively(body: () => Promise<void>): Promise<void> {
    queue = queue.then(async () => {
      const goesOn = loop.active;
      const { place } = trainer;
      await loop.stop();
      await body().catch((error: unknown) => handle(error, place)).catch(fail);
      if (goesOn && page.dataset.state === 'running') run();
    });
    return queue;
  }

  /** A lost GPU takes the model with it: the CPU goes on with what was kept. Any other error ends the training. */
  async function handle(error: unknown, place: Place): Promise<void> {
    // What a loss breaks may be told before the loss.
    if (place !== 'cpu') await sleep(200);
    if (place === 'cpu' || torch.webgpu.is_available()) {
      fail(error);
      return;
    }
    // Several may hear of one loss.
    if (trainer.place === 'cpu') return;
    trainer.recover();
    lossChart.cut(trainer.step);
    accuracyChart.cut(trainer.step - 1);
    setFigure('step', trainer.step, trainer.step.toLocaleString('en'));
    const since = trainer.step.toLocaleString('en');
    notify(`The GPU was lost: ${sentence(words(error))} The CPU goes on from step ${since}, where the weights were last kept.`);
    showDevice();
    await loop.test();
  }

  function run(): void {
    setState('running');
    const { place } = trainer;
    loop.start().catch((error: unknown) => exclusively(() => handle(error, place)).then(() => {
      if (page.dataset.state === 'running') run();
    }));
  }

  function showDevice(): void {
    const { place } = trainer;
    if (trainer.step > 0 && place !== page.dataset.device) {
      for (const chart of [lossChart, accuracyChart]) chart.mark(trainer.step, `on the ${names[place]}`);
    }
    page.dataset.device = place;
    for (const input of deviceInputs) input.checked = input.value === place;
    showProgram(place);
    byId('device-name').textContent = place === 'webgpu' ? `WebGPU on ${flambeau.info().gpu}`
      : `WebAssembly, SIMD${flambeau.info().relaxedSimd ? ' with fused multiply-add' : ''}, one thread`;
  }

  let reading = false;
  let readAgain = false;
  /** Has the model read the pad; while it does, only the latest drawing is remembered. */
  function readPad(): void {
    readAgain = true;
    page.dataset.reading = '';
    if (reading) return;
    reading = true;
    const { place } = trainer;
    void (async () => {
      try {
        while (readAgain) {
          readAgain = false;
          const { image } = pad;
          const chances = image === null ? null : await trainer.read(image);
          if (image !== pad.image) continue;
          pad.show(chances);
          page.dataset.reading = chances === null ? '' : String(chances.indexOf(Math.max(...chances)));
        }
      } catch (error) {
        await exclusively(() => handle(error, place));
      } finally {
        reading = false;
      }
    })();
  }

  const pad = new Pad(readPad);
  const grid = new DigitGrid(test, (image) => pad.load(image));

  toggle.addEventListener('click', () => {
    if (page.dataset.state === 'running') {
      setState('paused');
      void loop.stop();
      return;
    }
    if (trainer.step >= loop.end) loop.end += roundsAtOnce * trainer.stepsPerRound;
    run();
  });
  byId<HTMLInputElement>('slow').addEventListener('change', ({ target }) => {
    loop.slow = (target as HTMLInputElement).checked;
  });

  async function renew(): Promise<void> {
    trainer.reset();
    loop.end = roundsAtOnce * trainer.stepsPerRound;
    for (const chart of [lossChart, accuracyChart]) chart.clear();
    setFigure('step', 0, '0');
    setFigure('loss', null, '–');
    setFigure('speed', null, '–');
    byId('round').textContent = '';
    setState('ready');
    await loop.test();
  }
  reset.addEventListener('click', () => void exclusively(renew));

  for (const input of deviceInputs) {
    input.addEventListener('change', () => void exclusively(async () => {
      const wanted = input.value as Place;
      const problem = wanted === 'webgpu' ? await openGpu() : null;
      const failed = page.dataset.state === 'failed';
      if (problem === null && failed && wanted === 'cpu') trainer.recover();
      else if (problem === null) await trainer.moveTo(wanted);
      if (failed) setState('paused');
      notify(problem === null ? '' : `${sentence(problem)} The CPU goes on.`);
      showDevice();
      await loop.test();
    }));
  }

  if (lacking === null) await trainer.moveTo('webgpu');
  else notify(`The CPU does the work here. ${sentence(lacking)}`);
  showDevice();
  await renew();
}

setState('loading');
byId('batch').textContent = String(batchSize);
showProgram('cpu');
listenForCopying();
start().catch(fail);
