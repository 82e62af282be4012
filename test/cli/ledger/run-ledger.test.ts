import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/cli/clock.ts';
import type { GlobalFlags, Terminal } from '../../../src/cli/context.ts';
import { runLedger } from '../../../src/cli/ledger/run-ledger.ts';
import { parseWords } from '../../../src/cli/program.ts';
import { makeFileLedger } from '../../../src/ledger/file/file.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { factEvent, signEvent } from '../../support/ledger-events.ts';
import { type LedgerOrigin, makeLedgerOrigin } from '../../support/ledger-origin.ts';
import { makeTestContext } from '../../support/test-context.ts';
import { makeTestWired } from '../../support/test-wired.ts';
import { endOf } from '../cli-world.ts';

const SCOPE = 'shop/production';
const REF = `refs/release/${SCOPE}`;
const limit = { timeout: 60_000 };

interface How {
  readonly flags?: Partial<GlobalFlags>;
  readonly terminal?: Partial<Terminal>;
  readonly answers?: readonly string[];
}

/** `release ledger …` on this ledger. */
async function ask(words: readonly string[], ledger: Ledger, how: How = {}) {
  const { args, options } = parseWords(['ledger', ...words], {});
  const told = makeTestContext({ command: 'ledger', ...how });
  const wired = { ...makeTestWired({}).wired, ledger };
  return { ...(await endOf(runLedger(args, options, told.context, wired))), stderr: told.stderr };
}

const REPAIR = ['repair', '--from-mirror', '--reason', 'a cleanup job deleted refs'];
const inFull = { flags: { yes: true, env: 'production', envIsTyped: true } };

describe('release ledger verify', () => {
  let folder: string;
  const open = () =>
    makeFileLedger({
      ...{ folder, clock: systemClock, actor: 'ana', tool: '0.0.0', redact: (text: string) => text },
      machine: { host: 'ana-laptop', boot: 'b-1', pid: 1, startOf: () => 'a start' },
    });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'release-verify-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('says how many entries there are, the first, the last and the head', async () => {
    const ledger = open();
    await ledger.note(SCOPE, signEvent('signed'));
    const last = await ledger.note(SCOPE, factEvent('one'));
    const { result } = await ask([], open());
    expect(result?.exitCode).toBe(0);
    expect(result?.result).toMatchObject({
      entries: 2,
      head: last.h,
      first: { entry: 1, type: 'approval.recorded' },
      last: { entry: 2, type: 'fact', at: last.at, actor: 'ana' },
    });
    expect(result?.text).toContain(last.h);
  });

  it('says so when there is none yet', async () => {
    expect((await ask(['verify'], open())).result?.text).toContain('holds no entry yet');
  });

  it('F15: names the entry that was changed', async () => {
    const ledger = open();
    await ledger.note(SCOPE, signEvent('signed'));
    await ledger.note(SCOPE, factEvent('one'));
    const path = join(folder, SCOPE, 'journal.jsonl');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"one"', '"two"'));
    const { code } = await ask(['verify'], open());
    expect(code).toBe('E_LEDGER_DAMAGED');
    await expect(open().read(SCOPE)).rejects.toThrow('damaged at entry 2');
  });

  it('names what follows no entry', async () => {
    await open().note(SCOPE, signEvent('signed'));
    appendFileSync(join(folder, SCOPE, 'journal.jsonl'), 'hello\n');
    expect((await ask(['verify'], open())).code).toBe('E_LEDGER_DAMAGED');
  });

  it('has no copy to repair from, and says where one may be', async () => {
    const { code, next } = await ask(REPAIR, open(), inFull);
    expect({ code, next }).toEqual({ code: 'E_NO_MIRROR', next: 'Put its folder back from a backup.' });
  });

  it('refuses other words, and names the nearest', async () => {
    const { code, next } = await ask(['verfy'], open());
    expect({ code, next }).toEqual({
      code: 'E_ARGUMENTS',
      next: expect.stringContaining('release ledger verify'),
    });
  });
});

describe('release ledger repair', limit, () => {
  let origin: LedgerOrigin;
  beforeEach(async () => {
    origin = makeLedgerOrigin();
    const ana = origin.open('ana');
    const held = await ana.acquire(SCOPE, { run: 'r-1', actor: 'ana', reason: 'release' });
    await ana.append(held, factEvent('one'));
    await origin.open('ben').read(SCOPE);
  });
  afterEach(() => origin.remove());

  it('F51: puts a deleted ledger back once a person typed the environment, and records who and why', async () => {
    origin.git(['update-ref', '-d', REF]);
    const { result, stderr } = await ask(REPAIR, origin.open('ben'), {
      terminal: { canAsk: true },
      answers: ['production'],
    });
    expect(result).toMatchObject({ exitCode: 0, result: { repaired: true, lost: 2, foreign: 0 } });
    expect(stderr()).toContain('is gone from the remote');
    const events = await origin.open('new').read(SCOPE);
    expect(events.map(({ type }) => type)).toEqual(['lock.acquired', 'fact', 'fact']);
    expect(events.at(-1)).toMatchObject({
      actor: 'ben',
      data: { name: 'ledger-repaired', value: { reason: 'a cleanup job deleted refs', lost: 2 } },
    });
  });

  describe('of the preparations, which are of no environment', () => {
    const OWN = 'shop/x-prepare';
    beforeEach(async () => {
      await origin.open('ben').note(OWN, factEvent('two'));
      origin.git(['update-ref', '-d', `refs/release/${OWN}`]);
    });

    it('F51: puts them back by the line that the refusal names', async () => {
      const refused = await endOf(origin.open('ben').read(OWN) as Promise<never>);
      expect(refused.next).toContain('release ledger repair --from-mirror --reason "…" --preparations');
      const { result } = await ask([...REPAIR, '--preparations'], origin.open('ben'), inFull);
      expect(result).toMatchObject({ exitCode: 0, result: { repaired: true, lost: 1 } });
      expect(result?.next).toContain('release ledger verify --preparations');
      const { result: whole } = await ask(['verify', '--preparations'], origin.open('new'));
      expect(whole?.text).toContain(`The ledger of ${OWN} is whole`);
    });

    it('says its own line in full where nobody can be asked', async () => {
      const { code, next } = await ask([...REPAIR, '--preparations'], origin.open('ben'));
      expect(code).toBe('E_CONFIRM_IN_FULL');
      expect(next).toContain('--preparations --env production --yes');
    });

    it('has nothing to bring in: the glass is never broken for them', async () => {
      const { code } = await ask(['sync', '--preparations'], origin.open('ben'));
      expect(code).toBe('E_ARGUMENTS');
    });
  });

  it('F50: puts a rewound ledger back, and says what it takes off', async () => {
    origin.git(['update-ref', REF, origin.git(['rev-parse', `${REF}~1`])]);
    await origin.open('new').note(SCOPE, signEvent('signed'));
    const { result, stderr } = await ask(REPAIR, origin.open('ben'), inFull);
    expect(result?.result).toMatchObject({ repaired: true, lost: 1, foreign: 1 });
    expect(stderr()).toContain('1 entry never taken here');
    expect(result?.text).toContain('refs/release-aside/shop/production/');
  });

  it('changes nothing with --plan, with another word, or without a terminal', async () => {
    origin.git(['update-ref', '-d', REF]);
    const planned = await ask(REPAIR, origin.open('ben'), { flags: { plan: true } });
    expect(planned.result?.text).toContain('gone from the remote');
    const typed = { terminal: { canAsk: true }, answers: ['prod'] };
    expect((await ask(REPAIR, origin.open('ben'), typed)).code).toBe('E_ANSWERED_NO');
    expect((await ask(REPAIR, origin.open('ben'))).code).toBe('E_CONFIRM_IN_FULL');
    expect(origin.git(['for-each-ref', 'refs/release/'])).toBe('');
  });

  it('wants to be told from what, and why', async () => {
    const ben = origin.open('ben');
    expect((await ask(['repair'], ben, inFull)).code).toBe('E_ARGUMENTS');
    expect((await ask(['repair', '--from-mirror'], ben, inFull)).code).toBe('E_REASON_MISSING');
    expect((await ask(REPAIR, origin.open('new'), inFull)).code).toBe('E_NO_MIRROR');
  });

  it('finds nothing to do in a ledger that goes on from what was seen', async () => {
    const { result } = await ask(REPAIR, origin.open('ben'), inFull);
    expect(result?.text).toContain('Nothing to repair');
  });
});
