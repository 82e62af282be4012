import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/cli/clock.ts';
import { claimEpoch } from '../../../src/ledger/file/epochs.ts';
import { makeFileLedger } from '../../../src/ledger/file/file.ts';
import type { Machine } from '../../../src/ledger/machine.ts';
import { failureOf } from '../../support/failure-of.ts';
import { factEvent, signEvent } from '../../support/ledger-events.ts';

const SCOPE = 'shop/production';
const claim = { run: 'r-1', actor: 'ana', reason: 'release' };
let folder: string;
let journal: string;

const machineOf = (change: Partial<Machine> = {}): Machine => ({
  host: 'workbench',
  boot: 'b-1',
  pid: 10,
  startOf: (pid) => (pid < 100 ? `start of ${pid}` : undefined),
  ...change,
});
const openAs = (change: Partial<Machine> = {}) =>
  makeFileLedger({
    folder,
    clock: systemClock,
    machine: machineOf(change),
    actor: 'ana',
    tool: '0.0.0',
    redact: (text) => text,
  });

/** A journal of a lock and these facts, as bytes. */
async function writeJournal(ids: readonly string[]): Promise<Buffer> {
  const ledger = openAs();
  const held = await ledger.acquire(SCOPE, claim);
  for (const id of ids) await ledger.append(held, factEvent(id));
  return readFileSync(journal);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-file-ledger-'));
  journal = join(folder, SCOPE, 'journal.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('T48: is its owner’s alone, whatever the umask of the shell is', async () => {
  const before = process.umask(0);
  try {
    await writeJournal(['one']);
  } finally {
    process.umask(before);
  }
  const open = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => (statSync(join(folder, name)).mode & 0o077) !== 0,
  );
  expect({ open, journal: statSync(journal).isFile() }).toEqual({ open: [], journal: true });
});

describe('a torn journal', () => {
  it('F14: recovers from a last line cut at every single byte, and sets the rest aside', async () => {
    const whole = await writeJournal(['one', 'two']);
    const start = whole.lastIndexOf(10, whole.length - 2) + 1;
    for (let cut = start; cut < whole.length; cut += 1) {
      rmSync(`${journal}.torn`, { force: true });
      writeFileSync(journal, whole.subarray(0, cut));
      const ledger = openAs({ pid: 11, boot: `b-${cut}` });
      expect((await ledger.read(SCOPE)).map((event) => event.id)).toEqual(['r-1:lock:1', 'one']);
      await ledger.note(SCOPE, signEvent('after'));
      expect((await openAs().read(SCOPE)).map((event) => event.id)).toEqual(['r-1:lock:1', 'one', 'after']);
      const aside = existsSync(`${journal}.torn`) ? readFileSync(`${journal}.torn`) : Buffer.from('\n');
      expect(aside.subarray(0, -1).equals(whole.subarray(start, cut))).toBe(true);
    }
  });

  it('F13: keeps a run whole when a note beside it was cut off in the middle', async () => {
    const ledger = openAs();
    const held = await ledger.acquire(SCOPE, claim);
    appendFileSync(journal, '{"v":1,"id":"half a si');
    await ledger.append(held, factEvent('one'));
    expect((await openAs().read(SCOPE)).map((event) => event.id)).toEqual(['r-1:lock:1', 'one']);
    expect(readFileSync(`${journal}.torn`, 'utf8')).toContain('half a si');
  });
});

describe('a damaged journal', () => {
  it('F15: is refused with the number of the entry, whichever byte was flipped, and nothing is cut', async () => {
    const whole = await writeJournal(['one', 'two', 'three']);
    const first = whole.indexOf(10) + 1;
    const second = whole.indexOf(10, first);
    for (let at = first; at <= second; at += 1) {
      const hurt = Buffer.from(whole);
      hurt[at] = (hurt[at] ?? 0) ^ 1;
      writeFileSync(journal, hurt);
      const error = await failureOf(openAs().read(SCOPE));
      expect([error.code, error.text.state]).toEqual(['E_LEDGER_DAMAGED', 'untouched']);
      expect(error.text.what).toContain('at entry 2');
    }
    const hurt = readFileSync(journal);
    const ledger = openAs({ boot: 'b-2' });
    expect((await failureOf(ledger.acquire(SCOPE, claim))).code).toBe('E_LEDGER_DAMAGED');
    expect((await failureOf(ledger.note(SCOPE, signEvent('x')))).code).toBe('E_LEDGER_DAMAGED');
    expect(readFileSync(journal).equals(hurt)).toBe(true);
  });

  it('T36: is refused when entries are missing, doubled or exchanged', async () => {
    const lines = (await writeJournal(['one', 'two'])).toString('utf8').split('\n').slice(0, -1);
    const [a = '', b = '', c = ''] = lines;
    for (const [found, seq] of [
      [[b, c], 1],
      [[a, c], 2],
      [[a, a, b], 2],
      [[a, c, b], 2],
    ] as const) {
      writeFileSync(journal, `${found.join('\n')}\n`);
      expect((await failureOf(openAs().read(SCOPE))).text.what).toContain(`at entry ${seq}`);
    }
  });

  it('F18: stops a run whose journal was deleted, or replaced by another file', async () => {
    const ledger = openAs();
    const held = await ledger.acquire(SCOPE, claim);
    const before = readFileSync(journal);
    rmSync(journal);
    expect((await failureOf(ledger.append(held, factEvent('one')))).code).toBe('E_LEDGER_REPLACED');
    expect(existsSync(journal)).toBe(false);
    writeFileSync(`${journal}.copy`, before);
    writeFileSync(journal, before.subarray(0, 10));
    expect((await failureOf(ledger.append(held, factEvent('one')))).code).toBe('E_LEDGER_REPLACED');
  });
});

describe('the holder of a file ledger', () => {
  it('F36: is gone when another process has its number', async () => {
    await openAs().acquire(SCOPE, claim);
    const later = openAs({ pid: 11, startOf: (pid) => `later start of ${pid}` });
    expect(await later.holder(SCOPE)).toMatchObject({ alive: false });
    expect(await later.acquire(SCOPE, claim)).toMatchObject({ epoch: 2 });
  });

  it('F37: is gone when the machine was started again', async () => {
    await openAs().acquire(SCOPE, claim);
    const rebooted = openAs({ pid: 11, boot: 'b-2' });
    expect(await rebooted.acquire(SCOPE, claim)).toMatchObject({ epoch: 2 });
  });

  it('counts as alive on another machine, and where nobody can tell when it began', async () => {
    await openAs({ startOf: () => undefined, boot: '' }).acquire(SCOPE, claim);
    expect(await openAs({ host: 'elsewhere' }).holder(SCOPE)).toMatchObject({ alive: true });
    expect(await openAs({ pid: 11 }).holder(SCOPE)).toMatchObject({ alive: true });
    const error = await failureOf(openAs({ pid: 11 }).acquire(SCOPE, claim));
    expect(error.code).toBe('E_LOCKED');
  });

  it('is gone when it was killed between its number and its first event', async () => {
    await openAs({ pid: 500, startOf: (pid) => (pid === 500 ? 's' : undefined) }).acquire(SCOPE, claim);
    rmSync(journal);
    const next = openAs();
    expect(await next.acquire(SCOPE, claim)).toMatchObject({ epoch: 2 });
  });
});

describe('a claim', () => {
  it('F33: does not go past one that came between its look and its number', async () => {
    await openAs({ pid: 500, startOf: (pid) => (pid === 500 ? 'gone soon' : undefined) }).acquire(
      SCOPE,
      claim,
    );
    const faster = { ...claim, run: 'r-faster', actor: 'cem', host: 'workbench', boot: 'b-1', pid: 12 };
    const record = { ...faster, epoch: 2, processStart: 'start of 12', at: new Date(0).toISOString() };
    let isBetween = true;
    const startOf = (pid: number) => {
      if (pid === 500 && isBetween) claimEpoch(join(folder, SCOPE, 'epochs'), record);
      if (pid === 500) isBetween = false;
      return pid < 100 ? `start of ${pid}` : undefined;
    };
    const error = await failureOf(openAs({ pid: 11, startOf }).acquire(SCOPE, { ...claim, run: 'r-slower' }));
    expect(error.code).toBe('E_LOCKED');
    expect(error.text.what).toContain('r-faster');
    expect(readdirSync(join(folder, SCOPE, 'epochs')).sort()).toEqual(['1', '2']);
  });
});

describe('the append lock', () => {
  it('is taken from a process that was killed while it held it', async () => {
    mkdirSync(join(folder, SCOPE), { recursive: true });
    writeFileSync(join(folder, SCOPE, 'append.lock'), '500 start of 500');
    writeFileSync(join(folder, SCOPE, 'append.lock.broom'), '501 start of 501');
    await openAs().note(SCOPE, signEvent('one'));
    expect(await openAs().read(SCOPE)).toHaveLength(1);
    expect(existsSync(join(folder, SCOPE, 'append.lock'))).toBe(false);
    expect(existsSync(join(folder, SCOPE, 'append.lock.broom'))).toBe(false);
  });

  it('is waited for while its process lives, and given up with a word on who', async () => {
    mkdirSync(join(folder, SCOPE), { recursive: true });
    writeFileSync(join(folder, SCOPE, 'append.lock'), '20 start of 20');
    const impatient = { ...systemClock, sleep: async () => {} };
    const ledger = makeFileLedger({
      folder,
      clock: impatient,
      machine: machineOf(),
      actor: 'ana',
      tool: '0.0.0',
      redact: (text) => text,
    });
    const error = await failureOf(ledger.note(SCOPE, signEvent('one')));
    expect([error.code, error.text.state]).toEqual(['E_LEDGER_BUSY', 'untouched']);
    expect(existsSync(join(folder, SCOPE, 'append.lock'))).toBe(true);
  });
});

describe('a folder that cannot be used', () => {
  it('F17: is told as such before anything is done', async () => {
    writeFileSync(join(folder, 'shop'), 'a file where a folder should be');
    const error = await failureOf(openAs().acquire(SCOPE, claim));
    expect(error.code).toBe('E_LEDGER_UNREADABLE');
    expect((await failureOf(openAs().note(SCOPE, signEvent('x')))).code).toBe('E_LEDGER_WRITE');
  });

  it('T20: is never left through the name of a scope', async () => {
    for (const scope of ['../etc', 'shop/../../etc', 'shop', '/etc/x', 'shop/pro duction', ''])
      await expect(openAs().read(scope)).rejects.toThrow(TypeError);
  });
});
