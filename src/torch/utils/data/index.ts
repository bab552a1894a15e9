/** Data sets, the orders to visit them in, and batches. Source: torch.utils.data. */

export { ChainDataset, StackDataset } from './combinedDatasets.ts';
export { default_collate, default_convert } from './collate.ts';
export type { Collated } from './collate.ts';
export { DataLoader } from './dataloader.ts';
export type { DataLoaderOptions } from './dataloader.ts';
export { ConcatDataset, Dataset, IterableDataset, Subset, TensorDataset, random_split } from './dataset.ts';
export type { DatasetLike } from './dataset.ts';
export {
  BatchSampler, DistributedSampler, RandomSampler, Sampler, SequentialSampler, SubsetRandomSampler, WeightedRandomSampler,
} from './sampler.ts';
export { get_worker_info } from './worker.ts';
