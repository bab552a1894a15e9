import { declare } from '../../../core/signature.ts';

/**
 * What a worker knows of itself; null in the main program, where all samples are loaded. Source: torch.utils.data.get_worker_info.
 * @example
 * torch.utils.data.get_worker_info(); // → null
 */
export const get_worker_info = declare<[]>()('utils.data.get_worker_info', '', (): null => null);
