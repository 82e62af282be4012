import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReleaseError } from '../../../src/domain/failure.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { Plan } from '../../../src/domain/plan.ts';
import type { DataWay } from '../../../src/plans/data-back.ts';
import { renderMessage } from '../../../src/report/messages/render-announcement.ts';
import { factsUpTo, makeMoment, makeRollbackPlan, makeTalkativeRunbook } from '../../support/announcing.ts';

const runbook = makeTalkativeRunbook();
const desk = { runbook, root: '/nowhere', redact: (text: string) => text };
const WAYS: Readonly<Record<DataWay['kind'], DataWay>> = {
  none: { kind: 'none' },
  down: { kind: 'down', commit: 'c', tags: ['0043_a', '0044_b'] },
  restore: {
    ...{ kind: 'restore', at: '2025-10-01T13:26:30.000Z', lsn: '0/1A2B', xid: '757' },
    ...{ keepAs: 'kept-v2.2.0', agreedMinutes: 34 },
  },
};
const PLANS = Object.fromEntries(
  Object.entries(WAYS).map(([kind, way]) => [kind, makeRollbackPlan(runbook, way)]),
) as Readonly<Record<DataWay['kind'], Plan>>;

type Facts = Record<string, JsonObject>;

/** The letter that says that nothing was lost, or why it cannot be sent. */
function letter(plan: Plan, facts: Facts, notes: JsonObject = { data_loss: 'none' }): string {
  try {
    return renderMessage('customer-rollback', makeMoment(plan, 'complete', 10, { facts, notes }), desk).text;
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    expect(error.code).toBe('E_TEMPLATE_STATEMENT');
    return `refused: ${error.text.why}`;
  }
}

const wholeFacts = (plan: Plan): Facts => ({
  ...factsUpTo(plan, 'complete'),
});

const CLAIM = /^(?!refused)[\s\S]*no (customer )?data (was|were) lost/i;

describe('COM-08, RBX-4C3, E-86: the letter to customers about their data', () => {
  it('says that nothing was lost where the database was left alone and answered its questions', () => {
    expect(letter(PLANS.none, wholeFacts(PLANS.none))).toMatch(CLAIM);
  });

  it('says so after a restore of which a comparison found nothing missing', () => {
    const facts = { ...wholeFacts(PLANS.restore), reconciliation: { whole: true } };
    expect(letter(PLANS.restore, facts)).toMatch(CLAIM);
  });

  it.each([
    [
      'no integrity question was answered',
      PLANS.none,
      { integrity: { checked: 0 } },
      /no integrity question/,
    ],
    ['rollback scripts ran', PLANS.down, {}, /rollback scripts/],
    ['nobody compared what a restore took', PLANS.restore, {}, /nobody has compared it/],
    ['the comparison found rows', PLANS.restore, { reconciliation: { whole: false, lost: 3 } }, /found rows/],
  ] as const)('refuses to where %s', (_, plan, over, why) => {
    expect(letter(plan, { ...wholeFacts(plan), ...over })).toMatch(why);
  });

  it('COM-08: tells no length of an outage that began before maintenance mode could be switched on', () => {
    const { 'maintenance-on': first, ...facts } = wholeFacts(PLANS.none);
    const told = (seen: Facts) => letter(PLANS.none, seen, { data_loss: 'checking' });
    expect(told({ ...facts, 'maintenance-on': first ?? {} })).toContain('Duration: about');
    expect(facts).toHaveProperty('maintenance-kept');
    expect(told(facts)).not.toMatch(/From:|Duration/);
  });

  it('refuses to where a step of the rollback is not recorded as done', () => {
    const { 'prove-live': _, ...open } = wholeFacts(PLANS.none);
    expect(letter(PLANS.none, open)).toMatch(/^refused: Not recorded as done: See that/);
  });

  it('never says so in any state of a rollback without that evidence, whatever people wrote', () => {
    const steps = [
      ...new Set(Object.values(PLANS).flatMap(({ entries }) => entries.map(({ name }) => name))),
    ];
    const state = fc.record({
      kind: fc.constantFrom('none', 'down', 'restore'),
      missing: fc.subarray(steps, { maxLength: 3 }),
      checked: fc.constantFrom(undefined, 0, 4, 'four'),
      whole: fc.constantFrom(undefined, true, false, 'true'),
      choice: fc.constantFrom('none', 'possible', 'checking', undefined),
    });
    fc.assert(
      fc.property(state, ({ kind, missing, checked, whole, choice }) => {
        const plan = PLANS[kind as DataWay['kind']];
        const facts: Facts = { ...factsUpTo(plan, 'complete') };
        const integrity = { ...facts.integrity, checked: checked ?? null };
        if (plan === PLANS.none) facts.integrity = integrity;
        if (whole !== undefined) facts.reconciliation = { whole };
        for (const name of missing) delete facts[name];
        const names = Object.keys(factsUpTo(plan, 'complete')).filter((name) => !name.startsWith('announce'));
        const isDone = names.filter((name) => name !== 'progress').every((name) => facts[name] !== undefined);
        const isShown =
          kind === 'none' ? facts.integrity?.checked === 4 : kind === 'restore' && whole === true;
        const told = letter(plan, facts, choice === undefined ? {} : { data_loss: choice });
        expect(CLAIM.test(told)).toBe(choice === 'none' && isDone && isShown);
      }),
      { numRuns: 400 },
    );
  });
});
