import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/cli/clock.ts';
import { readMachine } from '../../../src/cli/wiring/read-machine.ts';
import { makeFileLedger } from '../../../src/ledger/file/file.ts';
import { buildChild, LedgerChild } from '../../support/engine/start-child.ts';
import { factEvent } from '../../support/ledger-events.ts';

let home: string;
let script: string;
const children: LedgerChild[] = [];
const start = (name: string, maxKiB?: number): LedgerChild => {
  const child = new LedgerChild(script, join(home, 'ledger'), name, maxKiB);
  children.push(child);
  return child;
};
const openHere = () =>
  makeFileLedger({
    folder: join(home, 'ledger'),
    clock: systemClock,
    machine: readMachine('workbench'),
    actor: 'ana',
    tool: '0.0.0',
    redact: (text) => text,
  });
const claim = { run: 'r-ana', actor: 'ana', reason: 'next' };

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'release-processes-'));
  script = await buildChild(home);
});
afterEach(() => Promise.all(children.splice(0).map((child) => child.kill())));
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('the file ledger between processes', () => {
  it('F33: gives the lock to exactly one of eight processes, twelve times', async () => {
    const contenders = Array.from({ length: 8 }, (_, i) => start(`p${i}`));
    for (let round = 0; round < 12; round += 1) {
      const answers = await Promise.all(contenders.map((one) => one.order(`acquire shop/round-${round}`)));
      expect(answers.filter((answer) => answer === 'won')).toHaveLength(1);
      const winner = contenders[answers.indexOf('won')];
      expect(winner).toBeDefined();
      const lost = answers.filter((answer) => answer !== 'won');
      expect(lost.every((answer) => /^E_LOCKED p\d holds shop/.test(answer))).toBe(true);
    }
  });

  it('keeps the notes of eight processes that write at once', async () => {
    const writers = Array.from({ length: 8 }, (_, i) => start(`w${i}`));
    for (let round = 0; round < 10; round += 1)
      await Promise.all(writers.map((one) => one.order(`note shop/notes ${round}`)));
    const events = await openHere().read('shop/notes');
    expect(events).toHaveLength(80);
    expect(new Set(events.map((event) => event.id)).size).toBe(80);
  });

  it('F02: is free the moment its holder is killed', async () => {
    const holder = start('doomed');
    expect(await holder.order('acquire shop/killed')).toBe('won');
    const ledger = openHere();
    await expect(ledger.acquire('shop/killed', claim)).rejects.toMatchObject({ code: 'E_LOCKED' });
    await holder.kill();
    expect(await ledger.acquire('shop/killed', claim)).toMatchObject({ epoch: 2 });
  });

  it('F80: is free, and whole, when its holder ran out of memory', async () => {
    const holder = start('leaky');
    expect(await holder.order('acquire shop/leak')).toBe('won');
    expect(await holder.order('append shop/leak 1')).toBe('wrote 0');
    expect(await holder.next()).toBe('appended');
    expect(await holder.order('hoard shop/leak')).toBe('ended');
    await holder.kill();
    const ledger = openHere();
    expect((await ledger.read('shop/leak')).map(({ type }) => type)).toEqual(['lock.acquired', 'fact']);
    expect(await ledger.acquire('shop/leak', claim)).toMatchObject({ epoch: 2 });
  });

  it('F13: loses no acknowledged event of a process that is killed while it writes', async () => {
    for (const wanted of [1, 7, 23, 60]) {
      const writer = start(`k${wanted}`);
      const scope = `shop/cut-${wanted}`;
      expect(await writer.order(`acquire ${scope}`)).toBe('won');
      let line = await writer.order(`append ${scope} 100000`);
      while (line !== `wrote ${wanted}`) line = await writer.next();
      await writer.kill();
      const ledger = openHere();
      const held = await ledger.acquire(scope, claim);
      await ledger.append(held, factEvent('after'));
      const ids = (await openHere().read(scope)).map((event) => event.id);
      expect(ids.at(-1)).toBe('after');
      for (let i = 0; i <= wanted; i += 1) expect(ids).toContain(`k${wanted}-${i}`);
    }
  });

  it('F16: refuses a line that the disk takes only in part, keeps none of it, and goes on when there is room', async () => {
    const writer = start('full', 70);
    expect(await writer.order('acquire shop/full')).toBe('won');
    let line = await writer.order('append shop/full 1000');
    let acknowledged = 0;
    while (line.startsWith('wrote')) {
      acknowledged += 1;
      line = await writer.next();
    }
    expect(line).toMatch(/^E_LEDGER_WRITE The ledger could not be written/);
    expect(acknowledged).toBeGreaterThan(10);
    await writer.kill();
    const ledger = openHere();
    const held = await ledger.acquire('shop/full', claim);
    await ledger.append(held, factEvent('after'));
    expect(await ledger.read('shop/full')).toHaveLength(acknowledged + 3);
  });
});
