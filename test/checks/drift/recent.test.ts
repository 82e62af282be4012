import { expect, it } from 'vitest';
import check from '../../../checks/drift/recent.check.ts';
import { accepted, neverAccepted } from '../../support/drift.ts';
import { makePolicy, onlyThese } from '../../support/policy.ts';

const now = new Date('2026-11-24T15:00:00Z');
const judge = (at: string | undefined) => check.judge(at, makePolicy({ now }));

it.each([
  ['2026-11-23T15:00:00.000Z', 'pass', 'last release drift 24 h ago'],
  ['2026-11-23T14:59:00.000Z', 'warn', 'last release drift 24 h 1 min ago, not within 24 h'],
  ['2026-11-20T15:00:00.000Z', 'warn', 'last release drift 96 h ago, not within 24 h'],
  [undefined, 'warn', 'release drift was never run'],
])('DRF-01: a look at %s is %s', (at, outcome, said) => {
  expect(judge(at)).toMatchObject({ outcome, said });
});

it('DRF-01: reads the last look out of the ledger, and is not asked where drift is not used', async () => {
  const last = { at: '2026-11-24T06:00:00.000Z', call: 'clean', changes: [] } as const;
  expect(await check.probe(onlyThese({}), makePolicy(accepted({}, { last })))).toBe(last.at);
  expect(check.absent?.(makePolicy(neverAccepted(false)))).toBe('no set-up is accepted yet');
});

it('DRF-01: a ledger that cannot be read is not known to be old', async () => {
  const policy = makePolicy({ facts: { drift: { unread: 'The ledger cannot be read.' } } });
  expect(check.absent?.(policy)).toBeUndefined();
  await expect(check.probe(onlyThese({}), policy)).rejects.toMatchObject({ code: 'E_LEDGER_UNREADABLE' });
});
