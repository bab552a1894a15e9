import type { UrlLike } from '../realms.ts';
import { isUrl } from '../realms.ts';

/** A file to read or write: a path or a file: URL, where the platform has files. */
export type FilePath = string | UrlLike;
/** The contents of a file. */
export type FileBytes = ArrayBuffer | ArrayBufferView;

export const isPath = (value: unknown): value is FilePath => typeof value === 'string' || isUrl(value);
