import { spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

/** Programs that serve on a port until they are stopped. */

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** How long they may take to listen. */
const patience = 30_000;

/** Starts one, waits until it answers, and stops it after `use`. */
export async function whileServing<T>(
  program: string, argumentsOf: (port: number) => readonly string[], folder: string, environment: Readonly<Record<string, string>>,
  use: (url: string) => Promise<T>,
): Promise<T> {
  const port = await freePort();
  const url = `http://localhost:${port}/`;
  const server = spawn(program, argumentsOf(port), { cwd: folder, env: { ...process.env, ...environment } });
  let printed = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (data) => void (printed += String(data)));
  try {
    const deadline = performance.now() + patience;
    while (!await fetch(url).then(() => true, () => false)) {
      if (server.exitCode !== null || performance.now() > deadline) throw new Error(`nobody answers at ${url}: ${printed}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return await use(url);
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${printed}`, { cause: error });
  } finally {
    server.kill();
  }
}
