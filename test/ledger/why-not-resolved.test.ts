import { describe, expect, it } from 'vitest';
import type { EntryState, RunState } from '../../src/ledger/fold.ts';
import { whyNotResolved } from '../../src/ledger/why-not-resolved.ts';

const AT = '2026-11-24T15:00:00.000Z';
const done: EntryState = { state: 'done', how: 'effect', done: {}, tookMs: 1, at: AT, startedAt: AT };
const proven = { 'maintenance-on': done, 'prove-live': done, 'gate-smoke': done };

const shown = { 'prove-live': { answers: 3 }, smoke: { call: 'go' } };

const run = (over: object = {}, command = 'rollback'): RunState =>
  ({
    run: 'r-1',
    plan: {
      ...{ command, version: 'v2.0.3', basis: { reads: 'no database', payments: 'none' } },
      entries: [
        { kind: 'step', name: 'prove-live', step: 'host.prove-live' },
        { kind: 'step', name: 'smoke', step: 'app.smoke-test' },
      ],
    },
    entries: { ...proven, 'maintenance-off': { ...done, at: '2026-11-24T15:01:00.000Z' } },
    facts: shown,
    end: 'completed',
    ...over,
  }) as unknown as RunState;

describe('whether customers may read "resolved"', () => {
  it('RBX-7.2: is true of a rollback that went through and was tried before users met it', () => {
    expect(whyNotResolved([run()])).toBeUndefined();
    expect(whyNotResolved([run(), run({}, 'deploy')])).toBeUndefined();
  });

  it.each([
    ['while nothing is on record', [], /no release/],
    ['while a run is under way', [run(), run({ end: 'open' }, 'deploy')], /is not over/],
    ['after a run that did not go through', [run({ end: 'unsafe' })], /not over|did not go through/],
    ['while NOT VERIFIED', [run({ facts: { ...shown, smoke: { call: 'no-go' } } })], /NOT VERIFIED/],
    [
      'after a deploy that nobody tried',
      [run({ entries: { ...proven, 'gate-smoke': undefined } }, 'deploy')],
      /NOT VERIFIED: gate-smoke/,
    ],
    ['while users are kept out', [run({ entries: proven })], /kept out/],
    [
      'when a rule calls for a rollback of it, too',
      [run({ facts: { ...shown, confirmation: { outcome: 'refuted', said: '' } } })],
      /a rule calls/,
    ],
  ])('is not %s', (_, runs, why) => {
    expect(whyNotResolved(runs)).toMatch(why);
  });
});
