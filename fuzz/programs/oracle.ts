import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Snapshot } from './program.ts';

/** The real NumPy, in a Python process that takes programs line by line. */

export interface Answer {
  readonly error?: string;
  readonly message?: string;
  readonly results?: Readonly<Record<string, Snapshot>>;
  readonly scale?: Snapshot | { readonly error: string } | null;
}

export interface Reply {
  readonly statements: readonly Answer[];
  readonly arrays: Readonly<Record<string, Snapshot>>;
}

const script = fileURLToPath(new URL('oracle.py', import.meta.url));

export class Oracle {
  readonly version: string;
  private readonly child: ChildProcess;
  private readonly waiting: { resolve(reply: Reply): void; reject(error: Error): void }[] = [];

  private constructor(child: ChildProcess, version: string) {
    this.child = child;
    this.version = version;
  }

  /** Starts Python; throws where it has no NumPy. */
  static async start(): Promise<Oracle> {
    const python = process.env.FLAMBEAU_PYTHON ?? 'python3';
    const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'pipe'] });
    let complaints = '';
    child.stderr.on('data', (data) => void (complaints += String(data)));
    const lines = createInterface({ input: child.stdout, crlfDelay: Infinity });
    return new Promise((resolve, reject) => {
      let oracle: Oracle | null = null;
      const fail = (why: string): void => {
        const error = new Error(oracle === null
          ? `${python} cannot run NumPy (${why}): install it, or name a Python that has it in FLAMBEAU_PYTHON`
          : `the Python process ended (${why})\n${complaints}`);
        reject(error);
        for (const { reject: refuse } of oracle?.waiting.splice(0) ?? []) refuse(error);
      };
      child.on('error', (error) => fail(error.message));
      // That it has ended says why.
      child.stdin.on('error', () => undefined);
      child.on('exit', (code, signal) => fail(`${signal ?? code} ${complaints.trim().split('\n').at(-1)}`));
      lines.on('line', (line) => {
        const message = JSON.parse(line) as Reply & { numpy?: string };
        if (oracle !== null) oracle.waiting.shift()?.resolve(message);
        else resolve(oracle = new Oracle(child, message.numpy!));
      });
    });
  }

  ask(program: object): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.child.stdin!.write(`${JSON.stringify(program)}\n`);
    });
  }

  stop(): void {
    this.child.removeAllListeners('exit');
    this.child.kill();
  }
}
