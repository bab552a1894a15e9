import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const tsx = createRequire(import.meta.url).resolve('tsx/cli');

test.each([
  [['--epochs', 'many'], "--epochs is a whole number from 1 on, not 'many'"],
  [['--device', 'gpu'], "--device is cpu or webgpu, not 'gpu'"],
  [['--model', 'rnn'], "--model is mlp or cnn, not 'rnn'"],
  [['--quick'], "Unknown option '--quick'"],
])('quickstart refuses %j and shows its usage', (options, message) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath, [tsx, 'examples/quickstart.ts', ...options], { cwd: root, encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).toContain('usage: npm run quickstart');
});
