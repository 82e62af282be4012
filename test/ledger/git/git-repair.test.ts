import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LedgerMirror } from '../../../src/ledger/ledger-mirror.ts';
import { failureOf } from '../../support/failure-of.ts';
import { factEvent, signEvent } from '../../support/ledger-events.ts';
import { type LedgerOrigin, makeLedgerOrigin } from '../../support/ledger-origin.ts';

const SCOPE = 'shop/production';
const REF = `refs/release/${SCOPE}`;
const limit = { timeout: 60_000 };
let origin: LedgerOrigin;
let head: string;

/** Two entries, written by ana and seen by ben. */
beforeEach(async () => {
  origin = makeLedgerOrigin();
  const ana = origin.open('ana');
  const held = await ana.acquire(SCOPE, { run: 'r-1', actor: 'ana', reason: 'release' });
  await ana.append(held, factEvent('one'));
  await origin.open('ben').read(SCOPE);
  head = origin.git(['rev-parse', REF]);
});
afterEach(() => origin.remove());

const mirrorOf = (person: string) => origin.open(person).mirror as LedgerMirror;
const setTo = (commit: string) => origin.git(['update-ref', REF, commit]);
const idsOf = async (person: string) => (await origin.open(person).read(SCOPE)).map(({ id }) => id);

describe('what a machine saw of a ledger in git', limit, () => {
  it('is no reason to change anything while the remote goes on from it', async () => {
    const same = await mirrorOf('ben').compare(SCOPE);
    expect(same).toMatchObject({ there: 'follows', seen: 2, lost: 0, foreign: 0 });
    await origin.open('ana').note(SCOPE, signEvent('signed'));
    expect(await mirrorOf('ben').compare(SCOPE)).toMatchObject({ there: 'follows', seen: 2 });
  });

  it('is nothing on a machine that never looked', async () => {
    expect(await mirrorOf('new').compare(SCOPE)).toBeUndefined();
  });

  it('F51: comes back where the ref was deleted', async () => {
    origin.git(['update-ref', '-d', REF]);
    const view = await mirrorOf('ben').compare(SCOPE);
    expect(view).toMatchObject({ there: 'gone', seen: 2, lost: 2, foreign: 0 });
    expect(await mirrorOf('ben').putBack(view as never)).toBeUndefined();
    expect(origin.git(['rev-parse', REF])).toBe(head);
    expect(await idsOf('new')).toEqual(['r-1:lock:1', 'one']);
  });

  it('F50: comes back where the ref was set backwards', async () => {
    setTo(origin.git(['rev-parse', `${REF}~1`]));
    const view = await mirrorOf('ben').compare(SCOPE);
    expect(view).toMatchObject({ there: 'other', lost: 1, foreign: 0 });
    await mirrorOf('ben').putBack(view as never);
    expect(await idsOf('ben')).toEqual(['r-1:lock:1', 'one']);
  });

  it('F50: takes off what stands there instead, and keeps that in the cache', async () => {
    setTo(origin.git(['rev-parse', `${REF}~1`]));
    await origin.open('new').note(SCOPE, signEvent('signed'));
    const other = origin.git(['rev-parse', REF]);
    const view = await mirrorOf('ben').compare(SCOPE);
    expect(view).toMatchObject({ there: 'other', lost: 1, foreign: 1, head: other });
    const aside = await mirrorOf('ben').putBack(view as never);
    expect(aside).toBe(`refs/release-aside/${SCOPE}/${other}`);
    expect(await idsOf('ben')).toEqual(['r-1:lock:1', 'one']);
    const cache = origin.remoteOf('ben').cache;
    expect(origin.git(['--git-dir', cache, 'rev-parse', String(aside)])).toBe(other);
  });

  it('comes back where a stranger wrote behind it, also what is no commit', async () => {
    for (const bad of [
      origin.git(['commit-tree', origin.git(['write-tree']), '-p', head, '-m', 'hello']),
      origin.git(['hash-object', '-w', '--stdin'], 'a file'),
    ]) {
      setTo(bad);
      expect((await failureOf(origin.open('ben').read(SCOPE))).code).toBe('E_LEDGER_DAMAGED');
      const view = await mirrorOf('ben').compare(SCOPE);
      await mirrorOf('ben').putBack(view as never);
      expect(await idsOf('ben')).toEqual(['r-1:lock:1', 'one']);
    }
  });

  it('is not put over what came after the comparison', async () => {
    origin.git(['update-ref', '-d', REF]);
    const view = await mirrorOf('ben').compare(SCOPE);
    await origin.open('new').note(SCOPE, signEvent('signed'));
    const since = origin.git(['rev-parse', REF]);
    expect((await failureOf(mirrorOf('ben').putBack(view as never))).code).toBe('E_LEDGER_WRITE');
    expect(origin.git(['rev-parse', REF])).toBe(since);
  });
});
