/** The GPU that `init` opened, for `info`; null where there is none. */
export const gpuInUse: { name: string | null } = { name: null };
