import { describe, expect, it } from 'vitest';
import { makeAsked } from '../../../src/cli/rollback/make-asked.ts';
import { SEVERITIES } from '../../support/severities.ts';

const severities = {
  ...SEVERITIES,
  P0: { ...SEVERITIES.P0, who: 'On-call starts it alone' },
  P1: { ...SEVERITIES.P1, who: 'One authoriser' },
};
const order = { reason: 'nobody can sign in', orderedBy: 'Dana Ito' };

describe('what the ledger keeps of the order for a rollback', () => {
  it.each([
    ['P0', 'On-call starts it alone'],
    ['P1', 'One authoriser'],
  ])('E-85: who gave it, why, and who may at %s', (severity, authority) => {
    expect(makeAsked('v2.0.3', { ...order, severity }, severities)).toEqual({
      ...{ ...order, severity, authority, to: 'v2.0.3' },
    });
  });

  it('says which flag of an earlier line gave it ahead, where nobody was asked at the moment', () => {
    const asked = makeAsked('v2.0.3', { ...order, severity: 'P0', agreed: '--auto-rollback P0' }, severities);
    expect(asked).toMatchObject({ orderedBy: 'Dana Ito', agreed: '--auto-rollback P0' });
  });

  it('claims nobody’s authority where the runbook has no such level', () => {
    const bare = { ...order, severity: 'P0', to: 'v2.0.3' };
    expect(makeAsked('v2.0.3', { ...order, severity: 'P0' }, undefined)).toEqual(bare);
    const odd = makeAsked('v2.0.3', { ...order, severity: 'constructor' }, severities);
    expect(Object.keys(odd)).not.toContain('authority');
  });
});
