import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { lookOf } from '../../../src/cli/look-of.ts';
import { makeOutput } from '../../../src/cli/output.ts';
import { sayResult } from '../../../src/cli/say-result.ts';
import { screenOf } from '../../../src/cli/screen-of.ts';
import { readTerminal, type StreamFacts } from '../../../src/cli/terminal-facts.ts';
import { widthOf } from '../../../src/report/display-width.ts';
import { gates } from './gates.ts';
import { people } from './people.ts';
import { runs } from './runs.ts';
import type { Screen } from './screen.ts';
import { words } from './words.ts';

interface Situation {
  readonly size?: readonly [columns: number, rows: number];
  readonly env?: Readonly<Record<string, string>>;
  readonly ascii?: true;
  readonly color?: true;
}

const SIZES = { '80x24': [80, 24], '40x10': [40, 10], '200x50': [200, 50] } as const;
const ALL: readonly Screen[] = [...gates, ...runs, ...people, ...words];
const each = ALL.map((screen) => [screen.name, screen] as const);

/** A screen as it leaves the program: laid out, with the lines that go on, in plain letters where asked, and fitted. */
function show(screen: Screen, { size, env = {}, ascii, color }: Situation): string {
  const tty: StreamFacts = size === undefined ? {} : { isTTY: true, columns: size[0], rows: size[1] };
  const terminal = readTerminal({ stdin: tty, stdout: tty, stderr: tty }, env, {
    color: color === true,
    ascii: ascii === true,
    input: true,
  });
  const text = sayResult(
    { text: screen.draw(lookOf({ terminal })), verdict: screen.verdict ?? '', next: screen.next ?? [] },
    terminal.screen.stdout === undefined
      ? undefined
      : { columns: terminal.screen.stdout, rows: terminal.rows },
  );
  const stdout = Object.assign(new PassThrough(), tty);
  const voice = { stdout, stderr: stdout, redact: (said: string) => said, ascii: terminal.ascii, cwd: '.' };
  makeOutput({ ...voice, screenOf: (stream) => screenOf(stream, env) }).result(text);
  return String(stdout.read()).trimEnd();
}

const isOneWord = (line: string): boolean => !line.replace(/ \\$/, '').trim().includes(' ');
/** A line to paste into a file or a shell, and one of a file with a caret below. */
const isWhole = (line: string): boolean => /^\s*(?:--|\d* *\||git) /.test(line);
const plain = (text: string): string =>
  text.replace(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), '');
const asTyped = (text: string): string => text.replace(/ \\\n */g, ' ');

describe.each(each)('ux 9.5: the screen %s', (name, screen) => {
  it('is as it was looked at', async () => {
    if (name.startsWith('help-') && name !== 'help-deploy') return;
    const drawn = Object.entries(SIZES).map(([at, size]) => `=== ${at}\n${show(screen, { size })}\n`);
    const ascii = [SIZES['80x24'], SIZES['40x10']].map(
      (size) => `=== ${size.join('x')} --ascii\n${show(screen, { size, ascii: true })}\n`,
    );
    await expect([...drawn, ...ascii].join('\n')).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  it.each(Object.entries(SIZES))('is not wider than %s, but for a word that is', (_, size) => {
    for (const ascii of [{}, { ascii: true }] as const)
      for (const line of show(screen, { size, ...ascii }).split('\n'))
        expect(widthOf(line) <= size[0] || isOneWord(line) || isWhole(line), line).toBe(true);
  });

  it('has no colour where none is wanted, and says the same with it', () => {
    const size = SIZES['80x24'];
    const colorless = show(screen, { size });
    expect(plain(show(screen, { size, color: true }))).toBe(colorless);
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }])
      expect(show(screen, { size, env, color: true })).toBe(colorless);
  });

  it('is in a log of CI what it is in a pipe, whatever the width of its terminal', () => {
    const log = show(screen, { size: SIZES['40x10'], env: { CI: '1', NO_COLOR: '1' }, color: true });
    expect(log).toBe(show(screen, {}));
    expect(log).not.toContain(' \\\n');
  });

  it('is plain letters with --ascii, and in a terminal that has no others', () => {
    for (const size of Object.values(SIZES)) {
      const text = show(screen, { size, ascii: true });
      expect(text).toMatch(/^[\n\x20-\x7e]*$/);
      expect(show(screen, { size, env: { TERM: 'linux' } })).toBe(text);
    }
  });

  it('has a word beside each of its signs', () => {
    for (const size of Object.values(SIZES))
      for (const line of show(screen, { size }).split('\n'))
        if (/[✔▲✖◐○⊘]/.test(line)) expect(line).toMatch(/\p{L}{2}/u);
  });

  it.each(Object.entries(SIZES))('leaves in sight what a person needs at %s', (_, [columns, rows]) => {
    const text = show(screen, { size: [columns, rows] });
    // The prompt takes the last row.
    const inSight = asTyped(
      text
        .split('\n')
        .slice(1 - rows)
        .join('\n'),
    );
    for (const line of screen.next ?? []) expect(inSight).toContain(line);
    if (screen.verdict !== undefined && text.split('\n').length >= rows)
      expect(inSight).toContain(screen.verdict.toUpperCase());
    for (const end of rows < 24 ? [] : screen.ends) expect(inSight).toMatch(end);
  });

  it('shows each command that goes on so that it can be copied', () => {
    for (const size of Object.values(SIZES))
      for (const line of screen.next ?? []) expect(asTyped(show(screen, { size }))).toContain(line);
  });
});
