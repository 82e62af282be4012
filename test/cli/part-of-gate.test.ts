import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runBin } from '../support/run-bin.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-part-'));
  const lines = [
    'service: shop',
    'product: Shop',
    'timezone: UTC',
    'environments: { production: { url: "http://127.0.0.1:9", host: { strategy: push } } }',
    'window: { days: [Mon, Tue, Wed, Thu, Fri, Sat, Sun], from: "00:00", to: "23:59", lastStartBefore: 0 }',
    '',
  ];
  writeFileSync(join(folder, 'runbook.config.yaml'), lines.join('\n'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const SAID = 'a part of the gate, no verdict on the release';

it('GO-10: the good answer of a part ends with 0, and everything that is written says that it is a part', async () => {
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_STEP_SUMMARY: join(folder, 'summary'),
    GITHUB_OUTPUT: join(folder, 'output'),
  };
  const outs = ['x.json', 'x.md', 'x.xml', 'x.tap', 'x.sarif'];
  const words = ['--only', 'people.window-open', ...outs.flatMap((file) => ['--out', file])];
  const { code, stdout } = await runBin(['preflight', ...words], { cwd: folder, env });
  expect(code).toBe(0);
  expect(stdout.replace(/\s+/g, ' ')).toContain('checks were asked: no verdict on the release');
  for (const name of ['x.md', 'x.xml', 'x.tap', 'summary']) expect(read(name)).toContain(SAID);
  expect(JSON.parse(read('x.json'))).toMatchObject({ verdict: 'go', result: { part: true } });
  expect(JSON.parse(read('x.sarif')).runs[0].invocations[0]).toMatchObject({ properties: { part: true } });
  expect(read('output')).toMatch(/^part<<(\S+)\ntrue\n\1$/m);
});

it('GO-10: the answer of the whole gate says nothing of a part', async () => {
  const env = { GITHUB_ACTIONS: 'true', GITHUB_OUTPUT: join(folder, 'whole') };
  await runBin(['preflight', '--out', 'whole.md'], { cwd: folder, env });
  expect(read('whole.md')).not.toContain(SAID);
  expect(read('whole')).toMatch(/^part<<(\S+)\nfalse\n\1$/m);
});
