import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrapCommand } from '../../src/report/wrap-command.ts';

const LONG = `release rollback --to v2.0.3 --db restore --accept-data-loss --reason "errors on every payment" --env production`;
const asShell = (line: string): string =>
  execFileSync('sh', ['-c', `show() { printf '<%s>' "$@"; }; show ${line}`], { encoding: 'utf8' });

describe('a command line that is wider than the screen', () => {
  it('breaks between words, so that the whole of it can be copied as one command', () => {
    expect(wrapCommand(LONG, 60)).toEqual([
      'release rollback --to v2.0.3 --db restore \\',
      '  --accept-data-loss --reason "errors on every payment" \\',
      '  --env production',
    ]);
  });

  it('stays as it is where it fits, and a word that is too long stays whole', () => {
    expect(wrapCommand('release status', 14)).toEqual(['release status']);
    expect(wrapCommand('cat /a/very/long/name', 10)).toEqual(['cat \\', '  /a/very/long/name']);
  });

  it('is for a shell the line that it was, whatever its words hold', () => {
    const word = fc.constantFrom(
      'release',
      '--to',
      'v2.0.3',
      `"a b  c"`,
      `'it'\\''s  so'`,
      `--reason="x y"`,
      'a\\ b',
    );
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 8, max: 50 }),
        (words, width) => {
          const line = words.join(' ');
          expect(asShell(wrapCommand(line, width).join('\n'))).toBe(asShell(line));
        },
      ),
      { numRuns: 40 },
    );
  });
});
