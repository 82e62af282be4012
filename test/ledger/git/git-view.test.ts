import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ReleaseError } from '../../../src/domain/failure.ts';
import type { GitRemote } from '../../../src/ledger/git/git-remote.ts';
import { viewGit } from '../../../src/ledger/git/git-view.ts';
import type { RecordPoint } from '../../../src/ledger/record-view.ts';
import { failureOf } from '../../support/failure-of.ts';
import { factEvent } from '../../support/ledger-events.ts';
import { copyLedgerOrigin, type LedgerOrigin, makeLedgerOrigin } from '../../support/ledger-origin.ts';

const SCOPE = 'shop/production';
const REF = `refs/release/${SCOPE}`;
const limit = { timeout: 60_000 };
let whole: LedgerOrigin;
let origin: LedgerOrigin;
let known: RecordPoint;

/** Three entries by ana, which ben has proven. */
beforeAll(async () => {
  whole = makeLedgerOrigin();
  const ana = whole.open('ana');
  const held = await ana.acquire(SCOPE, { run: 'r-1', actor: 'ana', reason: 'release' });
  await ana.append(held, factEvent('one'));
  await ana.append(held, factEvent('two'));
  const { follows, events, point } = await viewGit(whole.remoteOf('ben'), SCOPE).since();
  expect([follows, events.length, point?.mark.head]).toEqual([false, 3, whole.git(['rev-parse', REF])]);
  known = point as RecordPoint;
});
beforeEach(() => {
  origin = copyLedgerOrigin(whole);
});
afterEach(() => origin.remove());
afterAll(() => whole.remove());

const since = (change: (real: GitRemote) => Partial<GitRemote> = () => ({})) => {
  const real = origin.remoteOf('ben');
  return viewGit({ ...real, ...change(real) }, SCOPE).since(known);
};
const note = async (id: string) => origin.open('ana').note(SCOPE, factEvent(id));

describe('the view of a git ledger', limit, () => {
  it('reads no entry again where the remote is where it was', async () => {
    const after = async () => {
      throw new TypeError('nothing is read');
    };
    expect(await since(() => ({ after }))).toEqual({ follows: true, events: [], point: known });
  });

  it('proves what came since alone, whoever of this machine has seen it meanwhile', async () => {
    await note('three');
    for (const _ of [1, 2]) {
      const { follows, events, point } = await since();
      expect([follows, events.map(({ seq }) => seq), point?.epoch]).toEqual([true, [4], known.epoch]);
    }
    const fresh = await viewGit(origin.remoteOf('cy'), SCOPE).since();
    expect((await since()).point).toEqual(fresh.point);
  });

  it('shows what was last seen of a remote that gives no answer, and says so', async () => {
    const hear = async () => {
      throw new ReleaseError('E_GIT', { what: 'no route', next: '', state: 'untouched' });
    };
    const { follows, unreached } = await since(() => ({ hear }));
    expect([follows, unreached]).toEqual([true, expect.stringContaining('could not be reached')]);
  });

  it('has no memory beside a cache that was taken away', async () => {
    rmSync(join(origin.folder, 'caches/ben'), { recursive: true });
    const { follows, events } = await since();
    expect([follows, events.length]).toEqual([false, 3]);
  });
});

describe('T36: a chain that was changed after it was proven', limit, () => {
  const codeOf = async (): Promise<string> => (await failureOf(since())).code;

  it('F50: is refused when it has another end', async () => {
    origin.git(['update-ref', REF, `${REF}~1`]);
    expect(await codeOf()).toBe('E_LEDGER_REWRITTEN');
  });

  it('F51: is refused when it is gone', async () => {
    origin.git(['update-ref', '-d', REF]);
    expect(await codeOf()).toBe('E_LEDGER_DELETED');
  });

  it('is refused at its entry when a stranger added one', async () => {
    const tree = origin.git(['hash-object', '-t', 'tree', '-w', '--stdin'], '');
    const id = origin.git(['commit-tree', tree, '-p', REF, '-F', '-'], '{"id":"x","seq":4}\n');
    origin.git(['update-ref', REF, id]);
    const { code, text } = await failureOf(since());
    expect([code, text.what]).toEqual(['E_LEDGER_DAMAGED', expect.stringContaining('damaged at entry 4')]);
  });

  it('is proven anew when what was seen is no longer the point, nor behind it', async () => {
    await note('three');
    const other = { ...known, mark: { head: origin.git(['rev-parse', REF]) } };
    const { follows, events } = await viewGit(origin.remoteOf('ben'), SCOPE).since(other);
    expect([follows, events.length]).toEqual([false, 4]);
  });
});
