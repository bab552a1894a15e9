import { byId, make } from './dom.ts';
import type { Place } from './trainer.ts';

/** The program of the page, as one would write it for either device, and where its text is copied from. */

interface Line {
  readonly text: string;
  /** Whether it stands there for the device's sake. */
  readonly forDevice: boolean;
}

function linesFor(place: Place): Line[] {
  const onGpu = place === 'webgpu';
  const to = onGpu ? ".to('webgpu')" : '';
  const always = (text: string): Line => ({ text, forDevice: false });
  const device = (text: string): Line => ({ text, forDevice: onGpu });
  return [
    ...(onGpu ? [device("import { init } from 'flambeau';")] : []),
    always("import { nn, optim } from 'flambeau/torch';"),
    always(''),
    ...(onGpu ? [device('await init({ webgpu: true });')] : []),
    device(`const model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))${to};`),
    always('const optimizer = optim.Adam(model.parameters(), { lr: 1e-3 });'),
    always(''),
    always('for (const [images, labels] of batches) { // 64 digits each'),
    device(`  const guesses = model(images${to});`),
    device(`  const loss = nn.functional.cross_entropy(guesses, labels${to});`),
    always('  optimizer.zero_grad();'),
    always('  loss.backward();'),
    always('  optimizer.step();'),
    always('}'),
  ];
}

/** Shows the program for a device; what the device adds is marked. */
export function showProgram(place: Place): void {
  const lines = linesFor(place).map(({ text, forDevice }) => make(forDevice ? 'mark' : 'span', 'code-line', `${text}\n`));
  byId('program').replaceChildren(...lines);
  byId('program-device').textContent = place === 'webgpu' ? 'on the GPU; the marked lines are what that takes'
    : 'on the CPU; choose the GPU to see what changes';
}

/** Buttons with `data-copy` put the text of the element of that id on the clipboard. */
export function listenForCopying(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    const source = byId(button.dataset.copy!);
    button.addEventListener('click', () => {
      const answer = (words: string): void => {
        button.textContent = words;
        setTimeout(() => {
          button.textContent = 'Copy';
        }, 1500);
      };
      navigator.clipboard.writeText(source.textContent.trim()).then(() => answer('Copied'), () => {
        // Where the browser refuses, the text is at least selected.
        getSelection()?.selectAllChildren(source);
        answer('Selected');
      });
    });
  }
}
