/** Reads the format of WebAssembly modules. */
export class ModuleReader {
  readonly module: Uint8Array;
  at: number;

  constructor(module: Uint8Array, at: number) {
    this.module = module;
    this.at = at;
  }

  /** An integer, 7 bits a byte, the lowest first. */
  integer(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.module[this.at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  }

  byte(): number {
    return this.module[this.at++];
  }

  take(length: number): Uint8Array {
    return this.module.subarray(this.at, this.at += length);
  }
}

export interface Section {
  readonly start: number;
  readonly end: number;
  readonly content: ModuleReader;
}

/** Where a section begins and ends, and a reader of what is in it. */
export function sectionOf(module: Uint8Array, kind: number): Section {
  const reader = new ModuleReader(module, 8);
  while (reader.at < module.length) {
    const start = reader.at;
    const found = reader.byte();
    const length = reader.integer();
    if (found === kind) return { start, end: reader.at + length, content: new ModuleReader(module, reader.at) };
    reader.at += length;
  }
  throw new Error(`the module has no section ${kind}`);
}
