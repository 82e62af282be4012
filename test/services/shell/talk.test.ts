import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const TALK = fileURLToPath(new URL('../../../src/services/shell/talk.ts', import.meta.url));

/** A program that asks another one for its number, and has nothing to do afterwards. */
const ASKS = `import { startTalk } from ${JSON.stringify(TALK)};
const talk = startTalk('sh', ['-c', 'read line; echo $$; cat'], {
  onData: (part) => { console.log(String(part).trim()); talk.hold(false); },
  onEnd: () => console.log('it ended'),
});
talk.write('who are you?\\n');
`;

const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-talk-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a program that is talked to', () => {
  it('keeps nobody from ending, and ends with whoever asked it', async () => {
    const outfile = join(folder, 'asks.mjs');
    const stdin = { contents: ASKS, resolveDir: folder };
    await build({ stdin, outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
    const said = execFileSync(process.execPath, [outfile], { encoding: 'utf8', timeout: 30_000 });
    expect(said).toMatch(/^\d+\n$/);
    await vi.waitFor(() => expect(isThere(Number(said))).toBe(false), { timeout: 30_000 });
  });
});
