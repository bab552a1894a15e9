/** Stands for `turbo.ts` in what is not built for Node: elsewhere nobody can set the engine's flags. */

let state = 'off';

export function requestTurbo(): void {
  state = 'off: only the build for Node has it';
}

export function prepareTurbo(): void {}

export function settleTurbo(_exports: unknown): void {}

export function turboState(): string {
  return state;
}
