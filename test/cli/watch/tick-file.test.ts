import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
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

describe('the record of a watch', () => {
  it('that cannot be written is told once, and stops nobody from watching', () => {
    const said: string[] = [];
    const { context } = makeTestContext({ command: 'watch' });
    const wired = { ...makeTestWired({}).wired, root };
    const out = { ...context.out, note: (text: string) => void said.push(text) };
    const watched = { version: 'v2.1.0', run: 'r-1' } as Parameters<typeof openTickFile>[0];
    const file = openTickFile(watched, wired, { ...context, out });
    // A folder in its place: nobody can write there, not even root.
    mkdirSync(file.path, { recursive: true });
    for (let second = 0; second < 3; second += 1) {
      file.add({ at: second, mark: 'tick' });
      expect(() => file.flush()).not.toThrow();
    }
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('cannot be written');
  });
});
