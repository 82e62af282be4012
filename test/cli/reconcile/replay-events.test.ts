import { describe, expect, it } from 'vitest';
import type { GlobalFlags } from '../../../src/cli/context.ts';
import { findEventGap } from '../../../src/cli/reconcile/find-event-gap.ts';
import { runRollback } from '../../../src/cli/rollback/run-rollback.ts';
import type { RunState } from '../../../src/ledger/fold.ts';
import type { GapEvent } from '../../../src/services/stripe/port.ts';
import { endOf, gitAlone } from '../cli-world.ts';
import { makeRestoredWorld, point } from './restored-world.ts';

const stripe = { mode: 'live', secretKey: '$KEY', webhookSecret: '$WEBHOOK', webhookPath: '/hook' };
const runbook = gitAlone({
  environments: { production: { url: 'https://rur2.example', protected: true, stripe } },
});
const inFull = { yes: true, env: 'production', envIsTyped: true };

const paid = (n: number): GapEvent => ({
  id: `evt_${n}`,
  type: 'checkout.session.completed',
  createdAt: `2025-10-01T13:3${n}:00.000Z`,
  body: `{"id":"evt_${n}"}`,
});

/** An application that takes an event once, by its id; `refuses` is answered with 500 as long as it is there. */
async function makeWorld(events: readonly GapEvent[]) {
  const taken: string[] = [];
  const sent: string[] = [];
  const refuses = new Set<string>();
  const asked: unknown[] = [];
  const world = await makeRestoredWorld({
    runbook,
    configured: ['git', 'stripe', 'web'],
    services: {
      stripe: {
        events: async (env, span) => {
          asked.push([env, span.from.toISOString()]);
          return events;
        },
        signature: (_, body) => `signed ${body}`,
      },
      web: {
        request: async (_, { path, body = '', headers }) => {
          const { id } = JSON.parse(body) as { id: string };
          sent.push(id);
          const isGood = path === '/hook' && headers?.['stripe-signature'] === `signed ${body}`;
          if (isGood && !refuses.has(id) && !taken.includes(id)) taken.push(id);
          const status = !isGood ? 400 : refuses.has(id) ? 500 : 200;
          return { status, headers: {}, bytes: new Uint8Array(), text: '', json: {}, tookMs: 1 };
        },
      },
    },
  });
  const replay = (flags: Partial<GlobalFlags> = inFull) => {
    const context = { ...world.context, flags: { ...world.context.flags, ...flags } };
    return endOf(runRollback([], { replayEvents: true }, context, world.wired));
  };
  return { ...world, replay, sent, taken, refuses, askedStripe: asked };
}

describe('rollback --replay-events', () => {
  it('RBX-6.3: sends the events of the gap, oldest first and signed, and a second time none of them', async () => {
    const world = await makeWorld([paid(1), paid(2)]);
    expect((await world.replay()).result?.result).toMatchObject({ toSend: 2, sent: 2 });
    expect(world.sent).toEqual(['evt_1', 'evt_2']);
    const again = await world.replay();
    expect(again.result?.result).toMatchObject({ toSend: 0, sent: 0, acceptedBefore: 2 });
    expect(world.sent).toEqual(['evt_1', 'evt_2']);
    expect(world.taken).toEqual(['evt_1', 'evt_2']);
  });

  it('asks Stripe from a little before the point: an event may have been on its way then', async () => {
    const world = await makeWorld([]);
    await world.replay();
    expect(world.askedStripe).toEqual([['production', '2025-10-01T13:21:30.000Z']]);
    expect(point.at).toBe('2025-10-01T13:26:30.000Z');
  });

  it('RBX-6.3: stops at the first refusal, and goes on there', async () => {
    const world = await makeWorld([paid(1), paid(2), paid(3)]);
    world.refuses.add('evt_2');
    expect((await world.replay()).code).toBe('E_REPLAY_REFUSED');
    expect(world.sent).toEqual(['evt_1', 'evt_2']);
    world.refuses.clear();
    expect((await world.replay()).result?.result).toMatchObject({ toSend: 2, sent: 2, acceptedBefore: 1 });
    expect(world.sent).toEqual(['evt_1', 'evt_2', 'evt_2', 'evt_3']);
  });

  it('sends nothing for --plan, nothing to an environment that nobody typed, and nothing without Stripe', async () => {
    const world = await makeWorld([paid(1)]);
    const planned = await world.replay({ plan: true });
    expect(planned.result?.text).toContain('1 × checkout.session.completed');
    expect((await world.replay({ yes: true })).code).toBe('E_CONFIRM_IN_FULL');
    expect(world.sent).toEqual([]);
    const bare = await makeRestoredWorld({ configured: ['git'] });
    const refused = await endOf(runRollback([], { replayEvents: true }, bare.context, bare.wired));
    expect(refused.code).toBe('E_NOT_CONFIGURED');
  });
});

describe('RBX-6.3, E-83: the time in which an endpoint was disabled', () => {
  const at = (minute: number) => new Date(Date.UTC(2025, 9, 1, 14, minute)).toISOString();
  const state = (entries: Record<string, unknown>, facts = {}) =>
    ({
      ...{ run: 'r-1', startedAt: at(0), lastAt: at(9), entries, facts },
      plan: {
        entries: [
          {
            ...{ kind: 'step', name: 'webhooks-off', step: 'stripe.disable-webhooks' },
            input: { env: 'production', endpoints: ['we_1'] },
          },
        ],
      },
    }) as unknown as RunState;
  const done = (from: number, to = from) => ({ state: 'done', startedAt: at(from), at: at(to) });
  const gapOf = async (one: RunState) => {
    const wired = { env: 'production', clock: { now: () => new Date(at(50)) }, configured: new Set() };
    const { from, to, why } = await findEventGap([one], undefined, wired as never);
    return [from.toISOString(), to.toISOString(), why];
  };

  it('is the gap, from a little before the request to the first proof that it is on again', async () => {
    const entries = { 'webhooks-off': done(10), 'webhooks-on': done(20), 'webhooks-open': done(22) };
    expect(await gapOf(state(entries))).toEqual([at(5), at(20), 'its endpoint was disabled']);
  });

  it('ends now where nobody has enabled it, also when a kill left that open', async () => {
    expect(await gapOf(state({ 'webhooks-off': done(10) }))).toEqual([at(5), at(50), expect.any(String)]);
    const killed = {
      'webhooks-off': { state: 'intent', firstAt: at(10), at: at(10), attempts: 1, epoch: 1 },
    };
    expect(await gapOf(state(killed))).toEqual([at(5), at(50), expect.any(String)]);
  });

  it('begins with the run where the switch failed and was gone past: it may have happened all the same', async () => {
    const entries = { 'webhooks-off': { state: 'warned', code: 'E_STRIPE_UNREACHABLE', said: '' } };
    expect((await gapOf(state({ ...entries, 'webhooks-open': done(22) }))).slice(0, 2)).toEqual([
      new Date(Date.parse(at(0)) - 300_000).toISOString(),
      at(22),
    ]);
  });

  it('is none where nothing was disabled or restored', async () => {
    await expect(gapOf(state({}))).rejects.toMatchObject({ code: 'E_NO_RESTORE' });
  });
});
