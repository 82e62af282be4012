import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makePaint } from '../../src/report/color.ts';
import { plainOf, widthOf } from '../../src/report/display-width.ts';
import { fitScreen } from '../../src/report/fit-screen.ts';

const broken = (text: string, columns = 40): string[] => fitScreen(text, columns).split('\n');
const isOneWord = (line: string): boolean => !line.replace(/ \\$/, '').trim().includes(' ');

describe('a text on a screen that is narrower than it', () => {
  it('is as it was where it fits, blank lines and all', () => {
    const text = 'GO   3 passed\n\n  Next     release status';
    expect(fitScreen(text, 40)).toBe(text);
  });

  it('goes on under its words, beside a label and behind a mark', () => {
    expect(broken('  way back   the code again, 2 rollback scripts for the database')).toEqual([
      '  way back   the code again, 2 rollback',
      '             scripts for the database',
    ]);
    expect(broken('   5  Note the restore point of production                      stop: safe')).toEqual([
      '   5  Note the restore point of',
      '      production  stop: safe',
    ]);
    expect(broken('  ✔ production is as it was, and that is verified.')).toEqual([
      '  ✔ production is as it was, and that is',
      '    verified.',
    ]);
  });

  it('stands below a column that leaves it no room', () => {
    expect(broken('      --abandon            give the open run up and free the lock')).toEqual([
      '      --abandon',
      '        give the open run up and free',
      '        the lock',
    ]);
  });

  it('keeps a command for itself, and breaks it as a shell takes it', () => {
    expect(broken('  fix  Say so in full: release deploy v2.1.0 --env production --yes')).toEqual([
      '  fix  Say so in full:',
      '       release deploy v2.1.0 \\',
      '         --env production --yes',
    ]);
    expect(broken('  way back   release rollback --to v2.0.3: the code again')).toEqual([
      '  way back',
      '           release rollback --to v2.0.3:',
      '             the code again',
    ]);
  });

  it('breaks neither a word, nor a line to paste, nor a line with a caret below it', () => {
    const path = '/srv/releases/production/runbook.config.yaml';
    expect(broken(`  see  ${path}`)).toEqual(['  see', path]);
    const allow = '  -- release: allow drop-column because nothing reads it any more';
    const quote = '   34 |       databse: $DATABASE_URL_OF_PRODUCTION\n      |       ^^^^^^^';
    expect(fitScreen(`${allow}\n${quote}`, 40)).toBe(`${allow}\n${quote}`);
  });

  it('paints each of its lines by itself, so that no ground fills a margin', () => {
    const paint = makePaint(true);
    const [first, second] = broken(
      `  ${paint.alarm('PRODUCTION is not known to be good: a person is needed')}`,
    );
    expect(first?.endsWith('\u001b[0m')).toBe(true);
    expect(second?.startsWith('    \u001b[1m\u001b[37m\u001b[41m')).toBe(true);
  });

  const word = fc.constantFrom(
    ...['a', 'production', 'v2.1.0', '✔', '中文字', '🚀', '/api/payments/create-checkout', 'GO'],
    ...['release deploy v2.1.0 --env production --reason "it is broken"', 'release status'],
  );
  const row = fc
    .tuple(
      fc.integer({ min: 0, max: 40 }),
      fc.array(fc.tuple(word, fc.constantFrom(' ', '   ')), { minLength: 1 }),
    )
    .map(([indent, words]) => ' '.repeat(indent) + words.flat().join('').trimEnd());

  it('is never wider, but for a word that is, and loses no word', () => {
    fc.assert(
      fc.property(fc.array(row), fc.integer({ min: 20, max: 90 }), (rows, columns) => {
        const text = rows.join('\n');
        const lines = broken(text, columns);
        for (const line of lines) expect(widthOf(line) <= columns || isOneWord(line), line).toBe(true);
        const wordsOf = (said: string) => said.replace(/ \\\n/g, ' ').split(/\s+/).filter(Boolean);
        expect(wordsOf(lines.join('\n'))).toEqual(wordsOf(text));
      }),
    );
  });

  it('goes on under the text behind a painted mark as behind a plain one', () => {
    const text = '          ✔ release is back at v2.0.3, and users are in again since 12:04';
    const painted = text.replace('✔', makePaint(true).bad('✔'));
    expect(plainOf(fitScreen(painted, 40))).toBe(fitScreen(text, 40));
    expect(fitScreen(text, 40).split('\n')[1]).toMatch(/^ {12}\S/);
  });

  it('says the same in colour and without', () => {
    const paint = makePaint(true);
    const plain = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
    fc.assert(
      fc.property(row, fc.integer({ min: 20, max: 90 }), (said, columns) => {
        const painted = said.replace(/GO|✔/g, (one) => paint.bad(one));
        expect(fitScreen(painted, columns).replace(plain, '')).toBe(fitScreen(said, columns));
      }),
    );
  });
});
