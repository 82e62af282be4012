import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTickFile } from '../../../src/cli/watch/tick-file.ts';
import { makeTestContext } from '../../support/test-context.ts';
import { makeTestWired } from '../../support/test-wired.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'release-ticks-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Opens the record of one release, and hears what is said. */
function open(run: string) {
  const said: string[] = [];
  const { context } = makeTestContext({ command: 'watch' });
  const wired = { ...makeTestWired({}).wired, root };
  const out = { ...context.out, note: (text: string) => void said.push(text) };
  const watched = { version: 'v2.1.0', run: 'r-1' } as Parameters<typeof openTickFile>[0];
  return { file: openTickFile(watched, run, wired, { ...context, out }), said };
}

describe('the record of a watch', () => {
  it('that cannot be written is told once, and stops nobody from watching', () => {
    const { file, said } = open('w-1');
    // A folder in its place: nobody can write there, not even root.
    mkdirSync(file.path, { recursive: true });
    for (let second = 0; second < 3; second += 1) {
      file.add({ at: second, mark: 'tick' });
      expect(() => file.flush()).not.toThrow();
    }
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('cannot be written');
  });

  it('is written by one watch at a time: a second one writes a file of its own, and says so', () => {
    const first = open('w-1').file;
    const second = open('w-2');
    expect(second.file.path).toBe(first.path.replace('r-1.jsonl', 'r-1.w-2.jsonl'));
    expect(second.said[0]).toContain(`another watch (process ${process.pid}) writes ${first.path}`);
    expect(second.file.isOld).toBe(false);
    first.close();
    expect(open('w-3').file.path).toBe(first.path);
  });

  it('is written no more by a watch that slept while another one took it over', () => {
    const { file, said } = open('w-1');
    file.add({ at: 0, mark: 'tick' });
    file.flush();
    writeFileSync(`${file.path}.lock`, 'of another one');
    file.add({ at: 1000, mark: 'tick' });
    file.flush();
    expect(readFileSync(file.path, 'utf8').split('\n')).toHaveLength(2);
    expect(said[0]).toContain('another watch has taken it over');
  });

  it('F68: is gone on with where the watch that had it was killed, and its torn line is taken away', () => {
    const { path } = open('w-1').file;
    writeFileSync(`${path}.lock`, '999999999');
    writeFileSync(path, '{"at":"1970-01-01T00:00:00.000Z","mark":"live"}\n{"at":"1970-01-01T00:00:01.0');
    const { file, said } = open('w-2');
    file.add({ at: 2000, mark: 'gap' });
    file.flush();
    expect([file.path, file.isOld, said]).toEqual([path, true, []]);
    expect(readFileSync(path, 'utf8').split('\n')).toEqual([
      '{"at":"1970-01-01T00:00:00.000Z","mark":"live"}',
      '{"at":"1970-01-01T00:00:02.000Z","mark":"gap"}',
      '',
    ]);
  });
});
