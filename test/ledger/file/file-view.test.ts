import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/cli/clock.ts';
import { viewFile } from '../../../src/ledger/file/file-view.ts';
import type { RecordPoint } from '../../../src/ledger/record-view.ts';
import { failureOf } from '../../support/failure-of.ts';
import { linesOfRuns, writeLines } from '../../support/proven-journal.ts';

const LINES = linesOfRuns(5);
let folder: string;
let journal: string;
/** A minute later: what was written before has settled. */
const later = { ...systemClock, now: () => new Date(systemClock.now().getTime() + 60_000) };
const since = (known?: RecordPoint) => viewFile(folder, 'shop/production', later).since(known);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-file-view-'));
  journal = join(folder, 'shop/production/journal.jsonl');
  writeLines(journal, LINES);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const pointOf = async (): Promise<RecordPoint> => {
  const { point } = await since();
  if (point === undefined) throw new Error('no point');
  return point;
};

describe('the view of a file ledger', () => {
  it('proves everything the first time, and nothing twice', async () => {
    const first = await since();
    expect([first.follows, first.events.length, first.point?.seq]).toEqual([false, LINES.length, 9]);
    expect(await since(first.point)).toEqual({ follows: true, events: [], point: first.point });
  });

  it('reads a file that no write can have touched not even once more', async () => {
    const known = await pointOf();
    const blind = { ...known, mark: { ...known.mark, bytes: 1, sum: 'x' } };
    expect(await since(blind)).toMatchObject({ follows: true, events: [] });
  });

  it('proves what came since alone, and takes nothing from a line without its end', async () => {
    writeLines(journal, LINES.slice(0, 4));
    const known = await pointOf();
    appendFileSync(journal, `${LINES.slice(4, 6).join('')}${LINES[6]?.slice(0, 20)}`);
    const { follows, events, point } = await since(known);
    expect([follows, events.map(({ seq }) => seq), point?.seq]).toEqual([true, [5, 6], 6]);
    appendFileSync(journal, `${LINES[6]?.slice(20)}`);
    expect((await since(point)).events.map(({ seq }) => seq)).toEqual([7]);
  });

  it('is empty where there is no journal, also when there was one', async () => {
    const known = await pointOf();
    rmSync(journal);
    expect(await since(known)).toEqual({ follows: false, events: [] });
  });

  it('remembers no file that was written a moment ago: a second write could leave its times as they are', async () => {
    const young = await viewFile(folder, 'shop/production', systemClock).since();
    expect(young.point?.mark.file).toBe('');
    const again = await since(young.point);
    expect([again.follows, again.events, again.point?.mark.file]).toEqual([
      true,
      [],
      expect.stringMatching(/:/),
    ]);
  });
});

describe('T36: a journal that was changed after it was proven', () => {
  const text = (): string => readFileSync(journal, 'utf8');
  const keepTimes = (change: () => void): void => {
    const { atime, mtime } = statSync(journal);
    change();
    utimesSync(journal, atime, mtime);
  };

  it.each([
    ['a letter', () => writeFileSync(journal, text().replace('r-2 completed', 'r-2 c0mpleted')), 4],
    [
      'two entries in another order',
      () => writeLines(journal, [LINES[1], LINES[0], ...LINES.slice(2)] as string[]),
      1,
    ],
    ['an entry that is left out', () => writeLines(journal, LINES.toSpliced(3, 1)), 4],
    [
      'a letter, with its times put back',
      () => keepTimes(() => writeFileSync(journal, text().replace('r-2 completed', 'r-2 c0mpleted'))),
      4,
    ],
    [
      'a letter in front of entries that came since',
      () =>
        writeFileSync(
          journal,
          text().replace('r-1 completed', 'r-1 c0mpleted') + linesOfRuns(6).slice(9).join(''),
        ),
      2,
    ],
  ])('is refused at its entry: %s', async (_, change, entry) => {
    const known = await pointOf();
    change();
    const { code, text: said } = await failureOf(since(known));
    expect([code, said.what]).toEqual([
      'E_LEDGER_DAMAGED',
      expect.stringContaining(`damaged at entry ${entry}`),
    ]);
  });

  it('is proven anew when it is shorter, or is another chain', async () => {
    const known = await pointOf();
    writeLines(journal, LINES.slice(0, 4));
    expect(await since(known)).toMatchObject({ follows: false, point: { seq: 4 } });
    writeLines(journal, linesOfRuns(3).slice(0, 2));
    expect(await since(known)).toMatchObject({ follows: false, point: { seq: 2 } });
  });

  it('is read again when its rights alone have changed', async () => {
    const known = await pointOf();
    chmodSync(journal, 0o600);
    const { follows, point } = await since(known);
    expect([follows, point?.hash, point?.mark.file === known.mark.file]).toEqual([true, known.hash, false]);
  });
});
