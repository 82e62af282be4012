import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/domain/json.ts';
import { judgeVerified } from '../../src/domain/judge-verified.ts';
import { planRollback } from '../../src/plans/plan-rollback.ts';
import type { RollbackFacts } from '../../src/plans/rollback-facts.ts';
import { makeRunbook } from '../support/policy.ts';

const asked: RollbackFacts = {
  ...{ from: 'v2.1.0', to: 'v2.0.3', main: 'a', treeIsThere: false, isCodeAway: false, commit: 'a' },
  ...{ covers: [], data: { kind: 'none' }, readsData: true, webhooks: { kind: 'maintenance' } },
  ...{ at: '2026-11-24T15:00:00.000Z', reason: 'errors', severity: 'P0', configDigest: 'd', run: 'r-1' },
};
const smoke = { calls: [{ id: 'health', row: 'SMK-01', path: '/health', budget: 'health' }] };
const RESTORE = {
  kind: 'restore' as const,
  ...{ at: '2026', lsn: '0/1', xid: '7', keepAs: 'kept', agreedMinutes: 3 },
};

const question = (over: JsonObject = {}) => ({
  title: 'Assessments',
  state: 'ok',
  before: 7,
  now: 7,
  ...over,
});
const GOOD: Record<string, JsonObject> = {
  'prove-live': { version: '2.0.3', answers: 3 },
  smoke: { call: 'go' },
  integrity: { checked: 1, said: [], data: [question()] },
  'database-answers': { schema: 'same', latencyMs: 3 },
  'webhooks-proven': { signed: 200, unsigned: 400 },
};

function judge(
  over: Partial<RollbackFacts> = {},
  facts: Record<string, JsonObject | undefined> = {},
  more: Record<string, unknown> = {},
) {
  const plan = planRollback({ ...asked, ...over }, makeRunbook({ smoke, ...more }), 'production');
  const known = Object.entries({ ...GOOD, ...facts }).filter(([, fact]) => fact !== undefined);
  return judgeVerified(plan, Object.fromEntries(known) as Record<string, JsonObject>);
}
const missing = (...of: Parameters<typeof judge>) => judge(...of).missing.map(({ what }) => what);
const whyNot = (what: string, ...of: Parameters<typeof judge>) =>
  judge(...of).missing.find((one) => one.what === what)?.why;

describe('what a rollback calls verified', () => {
  it('is all of it only where each proof stands in the record', () => {
    expect(judge()).toEqual({
      shown: ['version', 'smoke tests', 'database', 'data', 'Stripe webhook'],
      missing: [],
    });
  });

  it('RBV-1: names the version and its smoke tests where nobody asked', () => {
    expect(missing({}, { 'prove-live': undefined, smoke: undefined })).toEqual(['version', 'smoke tests']);
    expect(whyNot('smoke tests', {}, {}, { smoke: undefined })).toBe('none are configured');
    expect(whyNot('smoke tests', {}, { smoke: { call: 'hold' } })).toBe('they did not say go');
  });

  it('RBV-5: a count that has no answer is not verified', () => {
    expect(whyNot('data', {}, { integrity: undefined })).toBe(
      'whether rows are missing could not be counted: release smoke asks again',
    );
  });

  it('RBV-5: a database that was left alone on purpose was not asked, and says so', () => {
    const alone = { readsData: false } as const;
    expect(missing(alone)).toEqual(['database', 'data']);
    expect(whyNot('data', alone)).toBe('left alone and not asked (--db none)');
  });

  it('RBV-5: an answer that nobody could judge is not verified, and one that people left out is theirs', () => {
    const answers = (one: JsonObject) => ({ integrity: { checked: 1, said: [], data: [question(one)] } });
    const doubted = answers({ state: 'not-judged', before: 7, now: 5 });
    expect(whyNot('data', {}, doubted)).toBe('not judged: Assessments');
    expect(missing({}, answers({ state: 'not-judged', before: null, now: null }))).toEqual([]);
    expect(missing({}, answers({ state: 'broken', now: 5 }))).toEqual(['data']);
    expect(missing({}, { integrity: { checked: 0, said: [], data: [] } })).toEqual(['data']);
  });

  it('RBV-5: a restore is compared with nothing, and only its loss was counted', () => {
    expect(whyNot('data', { data: RESTORE })).toBe(
      'restored to 0/1, and not compared with how it was then: release rollback --reconcile shows what it took',
    );
  });

  it('names what is not configured, and leaves out what the application does not have', () => {
    expect(whyNot('data', {}, {}, { integrity: [] })).toBe('no integrity question is configured');
    const bare = {
      environments: { production: { url: 'https://rur2.example', host: { strategy: 'push' } } },
    };
    expect(judge({ webhooks: { kind: 'none' } }, {}, bare)).toEqual({
      shown: ['version', 'smoke tests'],
      missing: [],
    });
  });

  it('RBX-4B2: the schema is not that of the version where it could not be compared', () => {
    expect(whyNot('database', {}, { 'database-answers': undefined })).toBe(
      'it did not answer, or its schema is not that of v2.0.3',
    );
    expect(missing({}, { 'database-answers': { schema: 'newer', latencyMs: 3 } })).toEqual([]);
  });

  it('RBV-6: a webhook that was not seen to take a signed event is not verified', () => {
    expect(missing({}, { 'webhooks-proven': undefined })).toEqual(['Stripe webhook']);
    const { production } = makeRunbook().environments;
    const stripe = { mode: 'live', secretKey: '$KEY' };
    const keyless = { environments: { production: { ...production, stripe } } };
    expect(whyNot('Stripe webhook', {}, {}, keyless)).toBe(
      'no signed event was sent: stripe.webhookSecret is not configured',
    );
  });

  it('a plan of an earlier version of the program is taken for what its entries show', () => {
    const { basis, ...plan } = planRollback(asked, makeRunbook({ smoke }), 'production');
    const { reads: _, ...older } = basis;
    const entries = plan.entries.filter(({ name }) => !/database-answers|webhooks-proven/.test(name));
    const judged = judgeVerified({ ...plan, basis: older, entries }, GOOD);
    expect(judged.missing.map(({ what }) => what)).toEqual(['database', 'Stripe webhook']);
  });
});
