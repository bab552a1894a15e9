/** Averages of a model's weights as training goes on. Source: torch.optim.swa_utils. */

export { get_ema_avg_fn, get_ema_multi_avg_fn, get_swa_avg_fn, get_swa_multi_avg_fn, update_bn } from './averaging/functions.ts';
export type { AverageFunction, AveragesFunction } from './averaging/functions.ts';
export { AveragedModel } from './averaging/model.ts';
export { SWALR } from './averaging/schedule.ts';
