import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/cli/clock.ts';
import { readLines } from '../../../src/cli/look-back/read-lines.ts';
import type { Viewed } from '../../../src/cli/wiring/open-view.ts';
import { rememberRecord } from '../../../src/cli/wiring/remember-record.ts';
import { viewFile } from '../../../src/ledger/file/file-view.ts';
import type { WantedLines } from '../../../src/ledger/show-lines.ts';
import { linesOfRuns, writeLines } from '../../support/proven-journal.ts';

const LINES = linesOfRuns(40);
const WANTED: readonly WantedLines[] = [
  { most: 15 },
  { most: Number.POSITIVE_INFINITY },
  { version: 'v2.4.0', most: 15 },
  { version: 'v2.99.0', most: 15 },
];
let folder: string;
let journal: string;
let cache: string;
const later = { ...systemClock, now: () => new Date(systemClock.now().getTime() + 60_000) };

beforeEach(() => {
  vi.stubGlobal('RELEASE_BUILD', 'one');
  folder = mkdtempSync(join(tmpdir(), 'release-read-lines-'));
  journal = join(folder, 'shop/production/journal.jsonl');
  cache = join(folder, 'cache/release-runbook/record');
  writeLines(journal, LINES);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** How often entries were read, by a program that remembers and by one that never does. */
function open(isRemembering = true) {
  const record = viewFile(folder, 'shop/production', later);
  const memory = rememberRecord({ XDG_CACHE_HOME: join(folder, 'cache') }, ['file', folder]);
  return { record, ...(isRemembering ? { memory } : {}) } as unknown as Viewed;
}
const asBefore = async (): Promise<void> => {
  for (const wanted of WANTED)
    expect(await readLines(open(), wanted)).toEqual(await readLines(open(false), wanted));
};
const kept = (): string[] => readdirSync(cache).map((name) => join(cache, name));
/** Whether what is kept is believed: a file ledger is not asked for an entry then. */
const isBelieved = (): boolean => {
  const known = open().memory?.recall();
  return known?.pick({ most: 15 }) !== undefined && known.fold() !== undefined;
};

describe('lines of a record that was proven before', () => {
  it('are the same as without a memory: at first, again, and when more was added', async () => {
    await asBefore();
    expect(isBelieved()).toBe(true);
    await asBefore();
    appendFileSync(journal, linesOfRuns(43).slice(LINES.length).join(''));
    await asBefore();
    writeLines(journal, LINES.slice(0, 7));
    await asBefore();
  });

  it('really come from what was kept', async () => {
    await asBefore();
    for (const file of kept()) forge(file, (body) => body.replaceAll('completed', 'kept'));
    const { runs } = await readLines(open(), { most: 15 });
    expect(runs.some(({ end }) => (end as string) === 'kept')).toBe(true);
  });

  it('are refused with the journal, however good they were', async () => {
    await asBefore();
    writeFileSync(journal, readFileSync(journal, 'utf8').replace('r-2 completed', 'r-2 c0mpleted'));
    for (const wanted of WANTED)
      await expect(readLines(open(), wanted)).rejects.toThrow('damaged at entry 4');
  });

  it('are proven anew when only a half of what was kept is there', async () => {
    await asBefore();
    for (const file of kept().filter((name) => name.endsWith('rows'))) rmSync(file);
    await asBefore();
    expect(isBelieved()).toBe(true);
  });
});

/** As whoever may write to the folder could: with a sum that is right. */
function forge(file: string, change: (body: string) => string): void {
  const [key, , ...rest] = readFileSync(file, 'utf8').split('\n');
  const body = change(rest.join('\n'));
  writeFileSync(file, `${key}\n${createHash('sha256').update(body).digest('hex')}\n${body}`);
}

describe('T21: what is kept of a record', () => {
  it.each([
    [
      'a changed letter',
      (file: string) => writeFileSync(file, readFileSync(file, 'utf8').replace('v2.40.0', 'v2.41.0')),
    ],
    ['half a file', (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 400))],
    ['nothing', (file: string) => writeFileSync(file, '')],
    ['another text', (file: string) => writeFileSync(file, 'x\ny\n{}')],
    ['no JSON, with a sum that is right', (file: string) => forge(file, () => 'x')],
    ['a file that others may write', (file: string) => chmodSync(file, 0o666)],
    [
      'a link',
      (file: string) => {
        renameSync(file, `${file}.away`);
        symlinkSync(`${file}.away`, file);
      },
    ],
  ])('is not believed when it is %s', async (_, spoil) => {
    await asBefore();
    for (const file of kept()) spoil(file);
    expect(isBelieved()).toBe(false);
    await asBefore();
  });

  it('is not believed when it is another account’s', async () => {
    await asBefore();
    const own = process.getuid?.() ?? 0;
    vi.spyOn(process, 'getuid').mockReturnValue(own + 1);
    expect(isBelieved()).toBe(false);
  });

  it('is nothing to another build of the program', async () => {
    await asBefore();
    vi.stubGlobal('RELEASE_BUILD', 'two');
    expect(isBelieved()).toBe(false);
  });

  it('is for the account alone, and holds no more than the lines', async () => {
    await asBefore();
    for (const file of kept()) expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(cache).mode & 0o777).toBe(0o700);
    expect(
      kept()
        .map((file) => readFileSync(file, 'utf8'))
        .join(''),
    ).not.toContain('configDigest');
  });
});
