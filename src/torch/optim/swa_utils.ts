/** Averages of a model's weights as training goes on. Source: torch.optim.swa_utils. */

export { SWALR } from './averaging/schedule.ts';
