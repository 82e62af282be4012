import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordNames } from '../../../src/services/git/names.ts';
import { failureOf } from '../../support/failure-of.ts';
import { factEvent, signEvent } from '../../support/ledger-events.ts';
import { type LedgerOrigin, makeLedgerOrigin } from '../../support/ledger-origin.ts';

const SCOPE = 'shop/production';
const BRANCHES = 'refs/heads/release-ledger/';
const claim = (run: string, more: object = {}) => ({ run, actor: 'ana', reason: 'Thursday', ...more });
const limit = { timeout: 60_000 };
let origin: LedgerOrigin;

beforeEach(() => {
  origin = makeLedgerOrigin();
  // A host that lets one push branches and tags alone.
  origin.hook(
    'update',
    'case "$1" in refs/heads/*|refs/tags/*) ;; *) echo "no: $1 is protected" >&2; exit 1;; esac',
  );
});
afterEach(() => origin.remove());

describe('a host that refuses refs of other kinds', limit, () => {
  it('is told of with the way to another place', async () => {
    const error = await failureOf(origin.open('ana').acquire(SCOPE, claim('r-1')));
    expect(error).toMatchObject({ code: 'E_LEDGER_WRITE' });
    expect(error.text.next).toContain('refs/release/*');
    expect(error.text.next).toContain('release init --probe');
  });

  it('holds the ledger below branches: written, read elsewhere, taken over, let go', async () => {
    const ana = origin.open('ana', { prefix: BRANCHES });
    const held = await ana.acquire(SCOPE, claim('r-1'));
    await ana.append(held, factEvent('one'));
    await ana.note(SCOPE, signEvent('signed'));
    const ben = origin.open('ben', { prefix: BRANCHES });
    const taken = await ben.acquire(SCOPE, claim('r-1', { takeover: true }));
    expect(await failureOf(ana.append(held, factEvent('two')))).toMatchObject({ code: 'E_FENCED' });
    await ben.release(taken, 'done');
    const types = (await origin.open('cem', { prefix: BRANCHES }).read(SCOPE)).map(({ type }) => type);
    expect(types).toEqual(['lock.acquired', 'fact', 'approval.recorded', 'lock.takeover', 'lock.released']);
    expect(await ben.scopes()).toEqual([SCOPE]);
    expect(ben.about.says).toContain(`${BRANCHES} of `);
    expect(origin.git(['for-each-ref', '--format=%(refname)'])).toBe(`${BRANCHES}${SCOPE}`);
  });

  it('takes main and the record in one push there, too', async () => {
    const ana = origin.open('ana', { prefix: BRANCHES });
    const held = await ana.acquire(SCOPE, claim('r-1'));
    const code = origin.codeOf('ana');
    const tree = origin.git(['mktree'], '');
    const main = origin.git(['commit-tree', '-m', 'first', tree]);
    origin.git(['update-ref', 'refs/heads/old', main]);
    await code.sync();
    const move = { ref: 'refs/heads/main', from: null, to: main };
    await ana.fence?.(held, factEvent('pushed'), async (record) => code.push([move, record]));
    expect(origin.git(['rev-parse', 'refs/heads/main'])).toBe(main);
    expect((await ana.read(SCOPE)).at(-1)).toMatchObject({ data: { value: { value: 'pushed' } } });
  });
});

describe('a ledger whose place is another one now', limit, () => {
  it('F51: is not taken for a new one by a machine that saw it, and is put there by repair', async () => {
    origin.hook('update', 'exit 0');
    const before = origin.open('ana');
    await before.note(SCOPE, signEvent('signed'));
    const after = origin.open('ana', { prefix: BRANCHES });
    const error = await failureOf(after.read(SCOPE));
    expect(error).toMatchObject({ code: 'E_LEDGER_DELETED' });
    expect(error.text.why).toContain(`${BRANCHES}${SCOPE}`);
    const view = await after.mirror?.compare(SCOPE);
    if (view) await after.mirror?.putBack(view);
    expect((await origin.open('ana', { prefix: BRANCHES }).read(SCOPE)).map(({ id }) => id)).toEqual([
      'signed',
    ]);
  });
});

describe('the names of records', () => {
  const names = recordNames(BRANCHES);

  it('are plain, and below their place', () => {
    expect(names.check(`${BRANCHES}shop/production`)).toBe('refs/heads/release-ledger/shop/production');
    expect(names.seen(`${BRANCHES}shop/production`)).toBe('refs/release-seen/shop/production');
    for (const bad of ['refs/heads/main', `${BRANCHES}-d`, `${BRANCHES}a:b`, `${BRANCHES}a..b`, BRANCHES])
      expect(() => names.check(bad)).toThrow('not the ref of a record');
  });

  it.each([
    '',
    'refs/',
    'heads/x/',
    'refs/release',
    'refs/Re/',
    'refs/a b/',
    'refs/../x/',
    '--upload-pack=x/',
  ])('T09: have no place %j', (prefix) => {
    expect(() => recordNames(prefix)).toThrow('no place for records');
  });
});
