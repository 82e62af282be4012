import { describe, expect, it } from 'vitest';
import { runHistory } from '../../src/cli/look-back/run-history.ts';
import { runStatus } from '../../src/cli/look-back/run-status.ts';
import { ReleaseError } from '../../src/domain/failure.ts';
import type { EventData, EventType, LedgerEvent } from '../../src/ledger/event.ts';
import { planOf } from '../support/run-events.ts';
import { makeTestContext } from '../support/test-context.ts';
import { asViewed, makeTestWired } from '../support/test-wired.ts';

// The clock of the tests stands at 2025-10-01T14:00:00Z, 10:00 in New York.
function event<T extends EventType>(type: T, minute: number, data: EventData[T], step?: string): LedgerEvent {
  const at = `2025-10-01T13:${String(minute).padStart(2, '0')}:00.000Z`;
  const head = { v: 1, id: `${type}-${minute}`, scope: 'shop/production', run: 'r-1', seq: minute, epoch: 1 };
  const origin = { at, host: 'dana-mbp', actor: 'Dana Ito', tool: '0.1.0', p: '', h: '' };
  return { ...head, ...origin, type, data, ...(step === undefined ? {} : { step }) } as LedgerEvent;
}
const done = { how: 'effect', done: {}, tookMs: 1000 } as const;
const intent = { attempt: 1, key: 'k', inputDigest: 'd' };
const started = event('run.planned', 0, { plan: planOf(8), request: {}, configDigest: 'd1' });
const interrupted = [
  started,
  event('step.done', 2, done, 'maintenance-on'),
  event('step.intent', 3, intent, 'migrate'),
];
const completed = [started, event('run.finished', 9, { verdict: 'completed', said: 'all good' })];

const status = async (wanted: Parameters<typeof makeTestWired>[0]) => {
  const { context } = makeTestContext({ command: 'status', flags: { env: 'production' } });
  return runStatus(context, async () => makeTestWired(wanted).wired);
};

describe('status', () => {
  it('shows what is live and since when', async () => {
    const result = await status({
      events: completed,
      live: async () => ({ version: '2.1.0', latencyMs: 1 }),
    });
    expect(result.exitCode).toBe(0);
    expect(result.text).toContain('production   v2.1.0   live 51 min');
  });

  it('E-22: says of a version that came back whether real traffic has confirmed it', async () => {
    const plan = { ...planOf(8), command: 'rollback' } as const;
    const back = [
      event('run.planned', 0, { plan, request: {}, configDigest: 'd1' }),
      event('run.finished', 9, { verdict: 'completed', said: 'all good' }),
    ];
    const live = async () => ({ version: '2.1.0', latencyMs: 1 });
    const open = await status({ events: back, live });
    expect(open.text).toContain('▲ NOT CONFIRMED YET   nobody has watched real traffic');
    const watch = ['release watch v2.1.0 --for 15m --env production'];
    expect(open.next).toEqual(watch);
    const justNow = [back[0], event('run.finished', 59, { verdict: 'completed', said: 'all good' })];
    expect((await status({ events: justNow as LedgerEvent[], live })).next).toEqual(watch);
    const value = { outcome: 'confirmed', said: '15 min of real traffic, nothing above its limit' };
    const said = await status({
      events: [...back, event('fact', 20, { name: 'confirmation', value })],
      live,
    });
    expect(said.text).toContain('✔ CONFIRMED   15 min of real traffic');
    expect(said.next).toEqual([]);
    expect((await status({ events: completed, live })).text).not.toContain('CONFIRMED');
  });

  it('RBX-6.3: names the endpoints that Stripe delivers nothing to', async () => {
    const input = { env: 'production', endpoints: ['we_1'] };
    const off = { kind: 'step', name: 'webhooks-off', step: 'stripe.disable-webhooks', input };
    const plan = { ...planOf(8), command: 'rollback', entries: [off] } as unknown as ReturnType<
      typeof planOf
    >;
    const events = [
      event('run.planned', 0, { plan, request: {}, configDigest: 'd1' }),
      event('step.done', 3, done, 'webhooks-off'),
    ];
    const { text, result } = await status({ events, live: async () => ({ version: '2.1.0', latencyMs: 1 }) });
    expect(text.replace(/\s+/g, ' ')).toContain('Stripe delivers nothing to we_1 since 1 Oct 09:03 EDT');
    expect(JSON.stringify(result)).toContain('"webhooksOff":{');
  });

  it('never shows the word of the ledger as if it were live', async () => {
    const down = new ReleaseError('E_APP_DOWN', {
      what: 'no answer in 5 s',
      next: 'Look.',
      state: 'untouched',
    });
    const result = await status({ events: completed, live: () => Promise.reject(down) });
    expect(result.text).toContain('▲ live version unknown: no answer in 5 s');
    expect(result.text).toContain('by the ledger: v2.1.0 since 1 Oct 09:09 EDT');
    expect(result.result).toMatchObject({ environments: [{ live: null, liveUnknown: 'no answer in 5 s' }] });
  });

  it('DRF-08: shows the last look at the set-up, and what it found', async () => {
    const change = { kind: 'secret', key: 'JWT_SECRET', op: 'removed', required: true } as const;
    const looked = { unknown: [], baseline: '', digest: 'd' };
    const clean = event('drift.checked', 1, { ...looked, call: 'clean', changes: [] });
    const drifted = event('drift.checked', 2, { ...looked, call: 'drifted', changes: [change] });
    expect((await status({ events: [clean] })).text).toContain('drift: clean, looked 59 min ago');
    const { text, result } = await status({ events: [clean, drifted] });
    expect(text).toContain('▲ drift: drifted, 1 change, looked 58 min ago');
    expect(result).toMatchObject({ environments: [{ drift: { verdict: 'drifted', changes: [change] } }] });
    expect((await status({ events: completed })).text).not.toContain('drift');
  });

  it('says when application and ledger disagree', async () => {
    const result = await status({
      events: completed,
      live: async () => ({ version: '2.0.3', latencyMs: 1 }),
    });
    expect(result.text).toContain('▲ the ledger says v2.1.0');
  });

  it('shouts when maintenance is on, and says since when', async () => {
    const result = await status({ events: interrupted });
    expect(result.text).toContain('MAINTENANCE IS ON since 1 Oct 09:02 EDT (58 min), by the ledger');
  });

  it('believes the application about maintenance', async () => {
    const live = async () => ({ version: '2.0.3', latencyMs: 1, maintenance: false });
    expect((await status({ events: interrupted, live })).text).not.toContain('MAINTENANCE');
  });

  it('F65: says that maintenance may be on when its switch was begun and never answered', async () => {
    const killed = [started, event('step.intent', 2, intent, 'maintenance-on')];
    const result = await status({ events: killed });
    expect(result.text.replace(/\s+/g, ' ')).toContain(
      'MAINTENANCE MAY BE ON since 1 Oct 09:02 EDT (58 min), by the ledger: users may be locked out',
    );
    expect(result.result).toMatchObject({
      environments: [{ maintenanceSince: '2025-10-01T13:02:00.000Z', maintenanceInDoubt: true }],
    });
  });

  it('believes the application, too, about maintenance that may be on', async () => {
    const killed = [started, event('step.intent', 2, intent, 'maintenance-on')];
    const on = async () => ({ version: '2.0.3', latencyMs: 1, maintenance: true });
    expect((await status({ events: killed, live: on })).text).toContain('MAINTENANCE IS ON since');
    const off = async () => ({ version: '2.0.3', latencyMs: 1, maintenance: false });
    expect((await status({ events: killed, live: off })).text).not.toContain('MAINTENANCE');
  });

  it.each([
    ['are paused', event('step.done', 2, done, 'pause-jobs'), false],
    ['may be paused', event('step.intent', 2, intent, 'pause-jobs'), true],
  ])('RBX-2.2: says that background jobs %s, and since when', async (words, last, inDoubt) => {
    const live = async () => ({ version: '2.0.3', latencyMs: 1, maintenance: false });
    const result = await status({ events: [started, last], live });
    expect(result.text).toContain(`▲ background jobs ${words} since 1 Oct 09:02 EDT (58 min)`);
    expect(result.result).toMatchObject({
      environments: [{ jobsPausedSince: '2025-10-01T13:02:00.000Z', jobsPausedInDoubt: inDoubt }],
    });
  });

  it('names an open run, where it stands and the ways on', async () => {
    const result = await status({ events: interrupted });
    expect(result.text).toContain('deploy v2.1.0 by Dana Ito was interrupted');
    expect(result.text).toContain('1 of 8 steps done; migrate: begun, end not known');
    expect(result.next).toEqual([
      'release deploy --resume --env production',
      'release rollback --to v2.0.3 --env production',
      'release deploy --abandon --env production --reason "…"',
    ]);
  });

  const heldBy = (lastSign: string) => {
    const by = { run: 'r-1', actor: 'Dana Ito', host: 'dana-mbp', reason: 'deploy v2.1.0' };
    return { ...by, since: '2025-10-01T13:00:00.000Z', lastSign, alive: true };
  };

  it('offers no way on while somebody is at work', async () => {
    const holder = heldBy('2025-10-01T13:51:00.000Z');
    const result = await status({ events: interrupted, holder });
    expect(result.text).toContain('deploy v2.1.0 by Dana Ito is running');
    expect(result.next).toEqual([]);
  });

  it('says how to go on without a machine that was not heard of for ten minutes', async () => {
    const holder = heldBy('2025-10-01T13:50:00.000Z');
    const result = await status({ events: interrupted, holder });
    expect(result.text).toContain('deploy v2.1.0 by Dana Ito may still be running');
    expect(result.text).toContain('last heard of 10 min');
    expect(result.next).toEqual([
      'release deploy --resume --takeover --env production --reason "…"',
      'release rollback --to v2.0.3 --env production',
    ]);
  });

  it('says so when nothing was ever run', async () => {
    expect((await status({})).text).toContain('No release has been run here.');
  });
});

describe('while the ledger cannot be reached', () => {
  const unreached = 'The ledger on origin could not be reached.';

  it('status shows what was last seen, and says that it is that, and until when', async () => {
    const { text, result } = await status({ events: completed, unreached });
    expect(text.replace(/\s+/g, ' ')).toContain(
      `▲ ${unreached} What stands here was last seen, its last entry is of 1 Oct 09:09 EDT.`,
    );
    const asOf = { because: unreached, at: '2025-10-01T13:09:00.000Z' };
    expect(result).toMatchObject({ environments: [{ ledgerAsOf: asOf }] });
    expect((await status({ events: completed })).result).toMatchObject({
      environments: [{ ledgerAsOf: null }],
    });
  });

  describe('of which one machine has only seen a part', () => {
    const unreachable = new ReleaseError('E_LEDGER_UNREACHABLE', {
      what: unreached,
      next: 'Look.',
      state: 'untouched',
    });
    const look = async (of: (env: string) => boolean) => {
      const { context } = makeTestContext({ command: 'status' });
      const wire = async ({ flags }: typeof context) => {
        const env = flags.env ?? 'production';
        const { wired } = makeTestWired({ env, events: completed, unreached });
        const never = { ...wired.ledger, look: () => Promise.reject(unreachable) };
        return of(env) ? wired : { ...wired, ledger: never };
      };
      return {
        status: () => runStatus(context, wire),
        history: () =>
          runHistory([], {}, { ...context, command: 'history' }, async (one) => asViewed(await wire(one))),
      };
    };

    it('status and history show what is known, and say what was never seen', async () => {
      const { status, history } = await look((env) => env === 'production');
      const { text: wrapped, result } = await status();
      const text = wrapped.replace(/\s+/g, ' ');
      expect(text).toContain('What stands here was last seen');
      expect(text).toContain(
        'Nothing of it was ever seen here, so that what runs or is locked is not known.',
      );
      expect(text).not.toContain('no release');
      expect(result).toMatchObject({ environments: [{}, { name: 'staging', ledgerAsOf: { at: null } }] });
      expect((await history()).warnings[1]).toContain('as they were last seen here, which is never.');
    });

    it('neither says anything when nothing was ever seen of any of them', async () => {
      const { status, history } = await look(() => false);
      await expect(status()).rejects.toMatchObject({ code: 'E_LEDGER_UNREACHABLE' });
      await expect(history()).rejects.toMatchObject({ code: 'E_LEDGER_UNREACHABLE' });
    });
  });

  it('history shows what was last seen, with a warning', async () => {
    const { context } = makeTestContext({ command: 'history', flags: { env: 'production' } });
    const wired = makeTestWired({ events: completed, unreached }).wired;
    const { warnings, result } = await runHistory([], {}, context, async () => asViewed(wired));
    expect(result).toMatchObject({ total: 1 });
    expect(warnings).toEqual([
      `${unreached} Runs of production are as they were last seen here, up to 2025-10-01T13:09:00.000Z.`,
    ]);
  });
});

describe('history', () => {
  const history = async (args: readonly string[], stdoutIsTty: boolean) => {
    const wanted = { flags: { env: 'production' }, terminal: { stdoutIsTty } };
    const { context } = makeTestContext({ command: 'history', ...wanted });
    return runHistory(args, {}, context, async () => asViewed(makeTestWired({ events: completed }).wired));
  };

  it('is a table for eyes', async () => {
    const { text } = await history([], true);
    expect(text).toMatch(
      /1 Oct 09:00 EDT +v2\.1\.0 +production +deploy +✔ completed +9 min\n +Dana Ito: all good/,
    );
  });

  it('is tab-separated in a pipe', async () => {
    const { text } = await history([], false);
    const wanted = ['2025-10-01T13:00:00.000Z', 'v2.1.0', 'production', 'deploy', 'completed', '9 min'];
    expect(text.split('\t').slice(0, 6)).toEqual(wanted);
  });

  it('keeps to one version', async () => {
    expect((await history(['v2.1.0'], false)).result).toMatchObject({ total: 1 });
    expect((await history(['v1.0.0'], false)).result).toMatchObject({ total: 0 });
  });
});
