import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { widthOf } from '../../../src/report/display-width.ts';
import { startInTerminal } from '../../support/start-in-terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'release-screens-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NARROW = { columns: 40, rows: 10 };
const isOneWord = (line: string): boolean => !line.trim().includes(' ');

async function see(words: readonly string[], env: Readonly<Record<string, string>>) {
  const terminal = startInTerminal(words, folder, NARROW, env);
  const exitCode = await terminal.ended;
  return { exitCode, text: terminal.screen().replaceAll('\r\n', '\n') };
}

describe('ux 9.5: the built program in a terminal of 40 columns', () => {
  it.each([
    ['help', ['deploy', '--help'], 0, {}],
    ['help in plain letters', ['--help', '--ascii'], 0, {}],
    ['a refusal', ['deploy', 'v2.1.0', '--pln'], 2, { NO_COLOR: '1' }],
    ['a refusal where the cursor cannot move', ['status'], 2, { TERM: 'dumb' }],
  ] as const)('says %s without breaking a word', async (_, words, exitCode, env) => {
    const seen = await see(words, env);
    expect(seen.exitCode).toBe(exitCode);
    expect(seen.text).not.toContain(String.fromCharCode(27));
    for (const line of seen.text.split('\n'))
      expect(widthOf(line) <= NARROW.columns || isOneWord(line), line).toBe(true);
    if ((words as readonly string[]).includes('--ascii')) expect(seen.text).toMatch(/^[\n\x20-\x7e]*$/);
  });

  it('leaves a log of CI as it is, whatever its terminal', async () => {
    const { text } = await see(['deploy', 'v2.1.0', '--pln'], { CI: '1', NO_COLOR: '1' });
    expect(text).toContain('error  deploy has no flag "--pln". Did you mean "--plan"?');
  });
});
