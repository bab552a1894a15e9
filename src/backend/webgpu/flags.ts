/** WebGPU's flags, by the values that its specification gives them: Dawn under Node does not make them global. */

export const bufferUsage = { mapRead: 0x1, copySource: 0x4, copyTarget: 0x8, uniform: 0x40, storage: 0x80, resolve: 0x200 } as const;
export const mapRead = 0x1;
export const computeStage = 0x4;
