import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Runs a script of the bench in a process of its own and reads the JSON that it prints. */
export function runChild<T>(script: URL, environment: Readonly<Record<string, string>> = {}): T {
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath, ['--disable-warning=ExperimentalWarning', fileURLToPath(script)],
    { encoding: 'utf8', env: { ...process.env, ...environment } });
  if (status !== 0) throw new Error(`${script.pathname} ended with ${signal ?? `status ${status}`}\n${stderr}`);
  return JSON.parse(stdout) as T;
}
