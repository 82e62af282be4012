import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../src/ledger/digest.ts';
import { failureOf } from '../../support/failure-of.ts';
import { factEvent, signEvent } from '../../support/ledger-events.ts';
import { copyLedgerOrigin, type LedgerOrigin, makeLedgerOrigin } from '../../support/ledger-origin.ts';

const SCOPE = 'shop/production';
const REF = `refs/release/${SCOPE}`;
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const limit = { timeout: 60_000 };
let whole: LedgerOrigin;
let origin: LedgerOrigin;

/** Two entries, written by ana and seen by ben; each test spoils a copy. */
beforeAll(async () => {
  whole = makeLedgerOrigin();
  const ana = whole.open('ana');
  const held = await ana.acquire(SCOPE, { run: 'r-1', actor: 'ana', reason: 'release' });
  await ana.append(held, factEvent('one'));
  await whole.open('ben').read(SCOPE);
});
beforeEach(() => {
  origin = copyLedgerOrigin(whole);
});
afterEach(() => origin.remove());
afterAll(() => whole.remove());

const head = (): string => origin.git(['rev-parse', REF]);

/** What anybody who may push can do. */
function forge(message: string, parents: readonly string[] = [head()]): string {
  origin.git(['hash-object', '-t', 'tree', '-w', '--stdin'], '');
  const args = ['commit-tree', EMPTY_TREE, ...parents.flatMap((parent) => ['-p', parent]), '-F', '-'];
  const id = origin.git(args, message);
  origin.git(['update-ref', REF, id]);
  return id;
}

const lastLine = (): Record<string, unknown> => JSON.parse(origin.commits(SCOPE)[0] ?? '');

describe('a root commit that calls the last one its parent where git does not look', limit, () => {
  it('F50: is a rewritten ledger, and what was seen here stays to be put back', async () => {
    const before = head();
    const seen = origin.commits(SCOPE);
    origin.git(['hash-object', '-t', 'tree', '-w', '--stdin'], '');
    const who = 'Stranger <stranger@example.com> 1764400000 +0000';
    const text = `tree ${EMPTY_TREE}\nauthor ${who}\ncommitter ${who}\nparent ${before}\n\n${seen[0]}\n`;
    const args = ['hash-object', '-t', 'commit', '-w', '--stdin', '--literally'];
    origin.git(['update-ref', REF, origin.git(args, text)]);
    for (let tries = 0; tries < 2; tries += 1)
      expect((await failureOf(origin.open('ben').read(SCOPE))).code).toBe('E_LEDGER_REWRITTEN');
    expect(await origin.remoteOf('ben').seen(REF)).toBe(before);
  });
});

describe('what a stranger wrote into the ref', limit, () => {
  const expectDamaged = async (why: RegExp, entry = 3): Promise<void> => {
    for (const person of ['ben', 'new']) {
      const error = await failureOf(origin.open(person).read(SCOPE));
      expect(error.code).toBe('E_LEDGER_DAMAGED');
      expect(error.text.what).toContain(`damaged at entry ${entry}`);
      expect(error.text.what).toMatch(why);
    }
  };

  it.each([
    ['words', 'hello\n', /no JSON/],
    ['a number', '17\n', /no event/],
    ['null', 'null\n', /no event/],
    ['an event without its fields', '{"id":"x","seq":3}\n', /no event/],
  ])('is refused when it is %s', async (_, message, why) => {
    forge(message);
    await expectDamaged(why);
  });

  it('is refused when it repeats an entry, changes one, or leaves one out', async () => {
    const good = head();
    const line = lastLine();
    for (const [change, why] of [
      [{}, /calls itself 2/],
      [{ seq: 3 }, /does not follow/],
      [{ seq: 3, p: line.h }, /hash is wrong/],
      [{ seq: 4, p: line.h }, /calls itself 4/],
    ] as const) {
      forge(`${canonicalJson({ ...line, ...change } as never)}\n`, [good]);
      await expectDamaged(why);
    }
  });

  it('is refused when it was written for another scope', async () => {
    const other = 'shop/staging';
    const ana = origin.open('ana');
    await ana.note(other, signEvent('signed'));
    origin.git(['update-ref', REF, `refs/release/${other}`]);
    expect((await failureOf(origin.open('new').read(SCOPE))).text.what).toContain(
      'it belongs to shop/staging',
    );
  });

  it('is refused when it is larger than any entry, without being read', async () => {
    const id = forge(`${'x'.repeat(3 * 1024 * 1024 + 1)}\n`);
    await expectDamaged(new RegExp(`commit ${id.slice(0, 12)} is larger`));
  });

  it('is refused when the line was merged with another one', async () => {
    const good = head();
    const root = origin.git(['rev-list', '--max-parents=0', REF]);
    const side = forge('side\n', [root]);
    forge('merged\n', [good, side]);
    expect((await failureOf(origin.open('ben').read(SCOPE))).code).toBe('E_LEDGER_DAMAGED');
    expect((await failureOf(origin.open('new').read(SCOPE))).code).toBe('E_LEDGER_DAMAGED');
  });

  it('is refused when it is no commit at all', async () => {
    const blob = origin.git(['hash-object', '-w', '--stdin'], 'a file');
    origin.git(['update-ref', REF, blob]);
    for (const person of ['ben', 'new']) {
      const error = await failureOf(origin.open(person).read(SCOPE));
      expect(error.code).toBe('E_LEDGER_DAMAGED');
      expect(error.text.what).toContain('a blob stands there');
    }
  });

  it('lets nobody take the lock or write on top of it', async () => {
    forge('hello\n');
    const ben = origin.open('ben');
    const claim = { run: 'r-2', actor: 'ben', reason: 'mine', takeover: true };
    expect((await failureOf(ben.acquire(SCOPE, claim))).code).toBe('E_LEDGER_DAMAGED');
    expect((await failureOf(ben.note(SCOPE, signEvent('signed')))).code).toBe('E_LEDGER_DAMAGED');
  });

  it('is good again once the ref was set back to the entry before', async () => {
    const good = head();
    forge('hello\n');
    await failureOf(origin.open('ben').read(SCOPE));
    origin.git(['update-ref', REF, good]);
    expect(await origin.open('ben').read(SCOPE)).toHaveLength(2);
  });
});

describe('a history that was rewritten', limit, () => {
  const expectRewritten = async (person: string): Promise<void> => {
    const ledger = origin.open(person);
    const error = await failureOf(ledger.read(SCOPE));
    expect(error).toMatchObject({ code: 'E_LEDGER_REWRITTEN', text: { state: 'untouched' } });
    expect(error.text.next).toContain(`refs/release-seen/${SCOPE}`);
    expect((await failureOf(ledger.note(SCOPE, signEvent('signed')))).code).toBe('E_LEDGER_REWRITTEN');
  };

  it('F50: is refused by whoever saw more of it', async () => {
    origin.git(['update-ref', REF, origin.git(['rev-parse', `${REF}~1`])]);
    await expectRewritten('ben');
    expect(await origin.open('new').read(SCOPE)).toHaveLength(1);
  });

  it('F50: is refused when it has another end', async () => {
    const root = origin.git(['rev-parse', `${REF}~1`]);
    origin.git(['update-ref', REF, root]);
    await origin.open('new').note(SCOPE, signEvent('signed'));
    await expectRewritten('ben');
  });

  it('F50: is refused while a run holds the lock, by the run itself', async () => {
    const ana = origin.open('ana');
    const claim = { run: 'r-1', actor: 'ana', reason: 'again', takeover: true };
    const held = await ana.acquire(SCOPE, claim);
    origin.git(['update-ref', REF, origin.git(['rev-parse', `${REF}~1`])]);
    expect((await failureOf(ana.append(held, factEvent('two')))).code).toBe('E_LEDGER_REWRITTEN');
    expect((await failureOf(ana.renew(held))).code).toBe('E_LEDGER_REWRITTEN');
  });

  it('F51: is refused when the ref is gone, and nobody begins an empty one in its place', async () => {
    origin.git(['update-ref', '-d', REF]);
    const ben = origin.open('ben');
    const error = await failureOf(ben.read(SCOPE));
    expect(error).toMatchObject({ code: 'E_LEDGER_DELETED', text: { state: 'untouched' } });
    const claim = { run: 'r-2', actor: 'ben', reason: 'mine', takeover: true };
    for (const work of [
      () => ben.acquire(SCOPE, claim),
      () => ben.note(SCOPE, signEvent('signed')),
      () => ben.holder(SCOPE),
    ])
      expect((await failureOf(work())).code).toBe('E_LEDGER_DELETED');
  });

  it('F51: names the command that puts back what was seen', async () => {
    origin.git(['update-ref', '-d', REF]);
    const { next } = (await failureOf(origin.open('ben').read(SCOPE))).text;
    expect(next).toContain('release ledger repair --from-mirror --reason "…" --env production');
  });
});
