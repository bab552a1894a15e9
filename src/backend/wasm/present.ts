import { cpu } from '../../core/device.ts';
import type { Device } from '../../core/device.ts';
import type { Backend } from '../backend.ts';
import { wasmBackend } from './index.ts';

/** Nothing is compiled here: the kernels start with the first operation. */
export const present: readonly (readonly [Device, Backend])[] = [[cpu, wasmBackend]];
