import { expect, it } from 'vitest';
import { verifiedAsJson } from '../../../src/cli/runs/verified-as-json.ts';
import { makeDeployPlan, makeRollbackPlan, makeTalkativeRunbook } from '../../support/announcing.ts';

const runbook = makeTalkativeRunbook({ integrity: [] });
const plan = makeRollbackPlan(runbook, { kind: 'none' });
const facts = {
  'prove-live': { answers: 3 },
  'database-answers': { schema: 'same' },
};

it('RBV-5: a rollback that went through is not verified while something is missing, which is named', () => {
  expect(verifiedAsJson(plan, { verdict: 'completed', facts })).toEqual({
    verified: false,
    verifiedParts: ['version', 'database'],
    notVerified: [
      { what: 'smoke tests', why: 'none are configured' },
      { what: 'data', why: 'no integrity question is configured' },
    ],
  });
});

it('a rollback that did not go through is never verified, whatever it has shown', () => {
  const { entries: all, ...rest } = plan;
  const entries = all.filter(({ name }) => name === 'prove-live');
  const bare = { ...rest, entries, basis: { reads: 'no database', payments: 'none' } };
  const smoke = { kind: 'step', name: 'smoke', step: 'app.smoke-test' } as (typeof all)[number];
  const whole = { ...bare, entries: [...entries, smoke] };
  const shown = { ...facts, smoke: { call: 'go' } };
  expect(verifiedAsJson(whole, { verdict: 'completed', facts: shown })).toMatchObject({ verified: true });
  expect(verifiedAsJson(whole, { verdict: 'failed', facts: shown })).toMatchObject({ verified: false });
});

it('says nothing of a deploy', () => {
  expect(verifiedAsJson(makeDeployPlan(runbook), { verdict: 'completed', facts })).toEqual({});
});
