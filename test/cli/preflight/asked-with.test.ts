import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LedgerEvent } from '../../../src/ledger/event.ts';
import { runBin } from '../../support/run-bin.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-asked-'));
  const lines = [
    'service: shop',
    'product: Shop',
    'timezone: UTC',
    'environments:',
    '  production:',
    '    url: http://127.0.0.1:9',
    '    database: { url: $DATABASE_URL }',
    '    ledger: { store: file, folder: ./ledger }',
    '',
  ];
  writeFileSync(join(folder, 'runbook.config.yaml'), lines.join('\n'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ask = (url: string) =>
  runBin(['preflight', '--only', 'people.window-open'], { cwd: folder, env: { DATABASE_URL: url } });

const everyFile = (): string =>
  readdirSync(join(folder, 'ledger'), { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => readFileSync(join(one.parentPath, one.name), 'utf8'))
    .join('\n');

it('E-03, T05: the record tells one database from another, and holds nothing of its address', async () => {
  const host = 'canary-host.example';
  await ask(`postgres://canary-user:canary-one@${host}/canary-shop`);
  await ask(`postgres://canary-user:canary-two@${host}/canary-shop`);
  await ask(`postgres://canary-user:canary-one@${host}/canary-other`);
  const journal = readFileSync(join(folder, 'ledger', 'shop', 'production', 'journal.jsonl'), 'utf8');
  const events = journal
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LedgerEvent);
  const digests = events.flatMap((one) => (one.type === 'gate.decided' ? [one.data.digest] : []));
  expect(digests).toHaveLength(3);
  expect(digests[1]).toBe(digests[0]);
  expect(digests[2]).not.toBe(digests[0]);
  expect(everyFile()).not.toContain('canary');
});
