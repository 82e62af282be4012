import { describe, expect, it } from 'vitest';
import { gate } from '../../src/kit.ts';
import type { LedgerEvent, NewEvent } from '../../src/ledger/event.ts';
import {
  findJobsPausedSince,
  findMaintenanceSince,
  findTrafficAwaySince,
  findWebhooksOff,
} from '../../src/ledger/find-held.ts';
import { foldRuns, type RunState } from '../../src/ledger/fold.ts';
import { planOf } from '../support/engine/plan-of.ts';

const plan = planOf([gate('smoke', 'Smoke')]);
let minute = 0;

function event<T extends NewEvent['type']>(type: T, data: object, change: Partial<LedgerEvent>): LedgerEvent {
  minute += 1;
  const at = new Date(Date.UTC(2025, 9, 1, 14, minute)).toISOString();
  return { type, data, at, actor: 'ana', host: 'laptop', epoch: 1, ...change } as LedgerEvent;
}
const planned = (run = 'r-1') => event('run.planned', { plan, request: {}, configDigest: 'd' }, { run });
const intent = (step: string, run = 'r-1') =>
  event('step.intent', { attempt: 1, key: 'k', inputDigest: 'i' }, { step, run });
const done = (step: string, run = 'r-1') =>
  event('step.done', { how: 'effect', done: {}, tookMs: 1 }, { step, run });
const failed = (step: string, run = 'r-1') =>
  event('step.failed', { code: 'E_MAINTENANCE', said: 'no', state: 'unclear' }, { step, run });

const findOff = (runs: readonly RunState[]) => {
  const { endpoints: _, ...held } = findWebhooksOff(runs) ?? { endpoints: [] };
  return 'since' in held ? held : undefined;
};

describe.each([
  ['F65: maintenance mode', findMaintenanceSince, 'maintenance-on', 'maintenance-off'],
  ['RBX-2.2: the pause of background jobs', findJobsPausedSince, 'pause-jobs', 'resume-jobs'],
  ['RBX-6.4: the way of users to the status page', findTrafficAwaySince, 'traffic-away', 'traffic-normal'],
  ['RBX-2.3: the silence of Stripe', findOff, 'webhooks-off', 'webhooks-on'],
  ['RBX-6.3: the silence of Stripe, by its second proof', findOff, 'webhooks-off', 'webhooks-open'],
] as const)('%s', (_, find, on, off) => {
  const ask = (...events: LedgerEvent[]) => find(foldRuns(events));

  it('is off before anything was switched', () => {
    expect(ask(planned())).toBeUndefined();
  });

  it('is on until a later run, too, has taken it back', () => {
    const [first, begun, second] = [planned(), done(on), planned('r-2')];
    expect(ask(first, begun, second)).toEqual({ since: begun.at, inDoubt: false });
    expect(ask(first, begun, second, done(off, 'r-2'))).toBeUndefined();
  });

  it('may be on after an intent without an end, as after a kill', () => {
    const [first, begun] = [planned(), intent(on)];
    expect(ask(first, begun)).toEqual({ since: begun.at, inDoubt: true });
    expect(ask(first, begun, done(off))).toBeUndefined();
  });

  it('may be on after a switch that failed', () => {
    const [first, begun] = [planned(), intent(on)];
    expect(ask(first, begun, failed(on))).toEqual({ since: begun.at, inDoubt: true });
  });

  it('is in doubt while its end was begun and never answered, and on when that failed', () => {
    const [first, begun, ending] = [planned(), done(on), intent(off)];
    expect(ask(first, begun, ending)).toEqual({ since: begun.at, inDoubt: true });
    expect(ask(first, begun, ending, failed(off))).toEqual({ since: begun.at, inDoubt: false });
  });

  it('is on for certain when a later run switched it on, whatever was in doubt before', () => {
    const [first, begun, second, again] = [planned(), intent(on), planned('r-2'), done(on, 'r-2')];
    expect(ask(first, begun, second, again)).toEqual({ since: again.at, inDoubt: false });
  });
});

it('RBX-6.2: what a run that came back held once more is held, although it was let go before', () => {
  const [first, paused, resumed, again] = [
    planned(),
    done('pause-jobs'),
    done('resume-jobs'),
    done('jobs-kept'),
  ];
  const ask = (...events: LedgerEvent[]) => findJobsPausedSince(foldRuns(events));
  expect(ask(first, paused, resumed, again)).toEqual({ since: again.at, inDoubt: false });
  expect(ask(first, paused, resumed)).toBeUndefined();
  expect(ask(first, paused, resumed, again, done('resume-jobs'))).toBeUndefined();
});

it('F65: the switch that a rollback repeats counts like the first', () => {
  const [first, kept] = [planned(), intent('maintenance-kept')];
  expect(findMaintenanceSince(foldRuns([first, kept]))).toEqual({ since: kept.at, inDoubt: true });
});

describe('RBX-6.3: which endpoints a later run has to enable', () => {
  const disabling = (id: string, run: string) => {
    const input = { env: 'production', endpoints: [id] };
    const off = { kind: 'step', name: 'webhooks-off', step: 'stripe.disable-webhooks', input };
    const data = { plan: { ...plan, entries: [off] }, request: {}, configDigest: 'd' };
    return event('run.planned', data, { run });
  };
  const idsOf = (...events: LedgerEvent[]) => findWebhooksOff(foldRuns(events))?.endpoints;

  it('are those of the run that left them, also when it was killed before it knew', () => {
    expect(idsOf(disabling('we_1', 'r-1'), intent('webhooks-off'))).toEqual(['we_1']);
    expect(idsOf(disabling('we_1', 'r-1'), done('webhooks-off'))).toEqual(['we_1']);
    expect(idsOf(disabling('we_1', 'r-1'))).toBeUndefined();
  });

  it('are never those of an earlier rollback that enabled its own', () => {
    const first = [disabling('we_1', 'r-1'), done('webhooks-off'), done('webhooks-on')];
    const second = [disabling('we_2', 'r-2'), done('webhooks-off', 'r-2')];
    expect(idsOf(...first)).toBeUndefined();
    expect(idsOf(...first, ...second)).toEqual(['we_2']);
  });
});
