import { describe, expect, it } from 'vitest';
import { judge, wantedAfter } from './judge.ts';

const wanted = wantedAfter('deploy', ['backup', 'publish']);

describe('the world after a run that was killed', () => {
  it('is good when each thing stands in it once, in whatever order', () => {
    const seen = { ...wanted, Slack: [...wanted.Slack].reverse(), ledger: [...wanted.ledger].reverse() };
    expect(judge(wanted, seen)).toEqual([]);
  });

  it('has a thing too often, even when that thing is right once', () => {
    const seen = { ...wanted, platform: ['publish live', 'publish live'] };
    expect(judge(wanted, seen)).toEqual([{ service: 'platform', kind: 'duplicate', what: 'publish live' }]);
  });

  it('has a thing that nobody ordered: a session that could still be paid', () => {
    const seen = { ...wanted, Stripe: ['session open'] };
    expect(judge(wanted, seen)).toEqual([{ service: 'Stripe', kind: 'duplicate', what: 'session open' }]);
  });

  it('lacks a thing, and what stands there instead is told as well', () => {
    const seen = { ...wanted, application: ['200 2.1.0', 'in maintenance', 'jobs run'] };
    expect(judge(wanted, seen)).toEqual([
      { service: 'application', kind: 'duplicate', what: 'in maintenance' },
      { service: 'application', kind: 'loss', what: 'open' },
    ]);
  });

  it('lacks the end of a step that the ledger does not name', () => {
    const seen = { ...wanted, ledger: ['backup done', 'deploy completed'] };
    expect(judge(wanted, seen)).toEqual([{ service: 'ledger', kind: 'loss', what: 'publish done' }]);
  });
});
