import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { probeRemote } from '../../../src/services/git/probe-remote.ts';
import { type LedgerOrigin, makeLedgerOrigin } from '../../support/ledger-origin.ts';

const PLACES = ['refs/release/', 'refs/heads/release-ledger/'];
const AT = '2025-10-01T14:00:00.000Z';
const limit = { timeout: 60_000 };
let origin: LedgerOrigin;
beforeEach(() => {
  origin = makeLedgerOrigin();
});
afterEach(() => origin.remove());

const probe = (places = PLACES) => probeRemote(origin.optionsOf('ana'), places, AT);
const refs = (): string => origin.git(['for-each-ref', '--format=%(refname)']);

describe('what a remote takes', limit, () => {
  it('is tried out below the first place, and nothing of it stays', async () => {
    const answer = await probe();
    expect(answer.places).toMatchObject([{ prefix: 'refs/release/', push: { end: 'taken' } }]);
    expect(answer.places[0]?.tookMs).toBeGreaterThan(0);
    expect([answer.atomic, answer.left]).toEqual([{ end: 'taken' }, []]);
    expect(refs()).toBe('');
  });

  it('is tried at the next place when a hook refuses the first', async () => {
    origin.hook(
      'update',
      'case "$1" in refs/heads/*) ;; *) echo "GH013: rule violations" >&2; exit 1;; esac',
    );
    const answer = await probe();
    expect(answer.places).toMatchObject([
      { prefix: PLACES[0], push: { end: 'refused', why: 'hook declined' } },
      { prefix: PLACES[1], push: { end: 'taken' } },
    ]);
    expect([answer.atomic, answer.left, refs()]).toEqual([{ end: 'taken' }, [], '']);
  });

  it('is nothing more where every place is refused', async () => {
    origin.hook('pre-receive', 'exit 1');
    const answer = await probe();
    expect(answer.places.map(({ push }) => push.end)).toEqual(['refused', 'refused']);
    expect([answer.atomic, answer.left]).toEqual([undefined, []]);
  });

  it('does not take several refs at once without the capability, and says so', async () => {
    origin.git(['config', 'receive.advertiseAtomic', 'false']);
    const answer = await probe();
    expect(answer.places[0]?.push).toEqual({ end: 'taken' });
    expect(answer.atomic).toMatchObject({ end: 'refused', why: expect.stringContaining('--atomic') });
    expect([answer.left, refs()]).toEqual([[], '']);
  });

  it('takes push options only where they are advertised', async () => {
    expect((await probe()).options).toMatchObject({ end: 'refused' });
    origin.git(['config', 'receive.advertisePushOptions', 'true']);
    expect((await probe()).options).toEqual({ end: 'taken' });
    expect(refs()).toBe('');
  });

  it('names what the remote does not let one delete', async () => {
    origin.hook('update', `case "$3" in ${'0'.repeat(40)}) exit 1;; esac`);
    const { left } = await probe();
    expect(left.length).toBeGreaterThan(0);
    expect([...left].sort()).toEqual(refs().split('\n'));
  });

  it('is not known when the remote does not answer', async () => {
    const gone = { ...origin.optionsOf('ana'), remote: `${origin.origin}-gone` };
    const answer = await probeRemote(gone, ['refs/release/'], AT);
    expect(answer.places.map(({ push }) => push.end)).not.toContain('taken');
    expect(answer.atomic).toBeUndefined();
  });
});
