import type { TorchPrintOptionChanges, TorchPrintOptions } from '../../core/printing/index.ts';
import { defaultTorchPrintOptions, mergeTorchPrintOptions } from '../../core/printing/index.ts';

export const printOptions: { current: TorchPrintOptions } = { current: defaultTorchPrintOptions };

/**
 * How tensors print: precision, threshold, edgeitems, linewidth, profile, sci_mode. Source: torch.set_printoptions.
 * @example
 * torch.set_printoptions({ precision: 2 });
 * String(torch.tensor([Math.PI])); // → tensor([3.14])
 * torch.set_printoptions({ profile: 'default' });
 */
export function set_printoptions(changes?: TorchPrintOptionChanges | null): void {
  printOptions.current = mergeTorchPrintOptions(printOptions.current, changes ?? {});
}
