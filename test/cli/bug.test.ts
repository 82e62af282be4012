import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runBin } from '../support/run-bin.ts';

// Loaded before the program: a promise that nobody waits for breaks as soon as the program listens for such bugs.
const BREAKS = `process.on('newListener', (name) => {
  if (name === 'unhandledRejection') Promise.resolve().then(() => { throw new Error('nobody waits for this'); });
});
`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-bug-'));
  writeFileSync(join(folder, 'breaks.mjs'), BREAKS);
  writeFileSync(
    join(folder, 'runbook.config.yaml'),
    'service: shop\nproduct: Shop\ntimezone: UTC\nenvironments:\n  production: { url: https://shop.example.com, protected: true }\n',
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const check = (words: readonly string[], NODE_OPTIONS = '') =>
  runBin(['config', 'check', ...words], { cwd: folder, env: { NODE_OPTIONS } });

it('is fine as long as nothing breaks', async () => {
  expect((await check([])).code).toBe(0);
});

it('a command that ends well after a bug nobody waited for does not end with 0', async () => {
  const { code, stderr } = await check([], `--import=${join(folder, 'breaks.mjs')}`);
  expect(stderr).toContain('error  Something unexpected broke: nobody waits for this');
  expect(code).toBe(1);
  const [, log = ''] = /see {2}(\S+)/.exec(stderr) ?? [];
  expect(readFileSync(join(folder, log), 'utf8')).toContain('nobody waits for this');
});

it('says the same exit code, and the bug, to a script', async () => {
  const { code, stdout } = await check(['--json'], `--import=${join(folder, 'breaks.mjs')}`);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ exitCode: 1, error: { code: 'E_BUG' } });
});
