/** What ops cost: the names of torch.profiler. */
export { EventList, FunctionEventAvg, profile, record_function } from './profiler.ts';
export type { Profile, ProfileOptions, TableOptions } from './profiler.ts';
