import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../src/engine/events.ts';
import { type ChecksOrder, runChecks } from '../../src/engine/run-checks.ts';
import { type Check, type Judgement, type Policy, ReleaseError, type ServiceName } from '../../src/kit.ts';
import { VirtualTime } from '../support/engine/virtual-time.ts';
import { failureOf } from '../support/failure-of.ts';

const NOW = new Date('2025-10-01T14:00:00Z');
const silent = (): Promise<never> => new Promise(() => undefined);
const says = (outcome: Judgement['outcome'], said = 'seen'): Judgement => ({ outcome, said });

/** A check that answers what its probe gives. */
const check = (id: string, probe: Check['probe'], change: Partial<Check> = {}): Check => ({
  id,
  title: `Duty of ${id}`,
  runbook: 'ENV-06',
  gates: ['preflight'],
  needs: [],
  probe,
  judge: (found) => found as Judgement,
  ...change,
});
const passing = (id: string, change: Partial<Check> = {}): Check =>
  check(id, async () => says('pass'), change);

function ask(checks: readonly Check[], change: Partial<ChecksOrder> = {}, time = new VirtualTime()) {
  const told: EngineEvent[] = [];
  const work = runChecks({
    gate: 'preflight',
    checks,
    services: {} as ChecksOrder['services'],
    configured: new Set<ServiceName>(['neon', 'stripe']),
    policy: { now: NOW, facts: {}, thresholds: { evidenceMinutes: 45 } } as unknown as Policy,
    clock: time.clock(),
    emit: (event) => told.push(event),
    signal: new AbortController().signal,
    ...change,
  });
  return { told, time, work, answer: () => time.drive(work) };
}

const outcomes = (answer: Awaited<ReturnType<typeof runChecks>>) =>
  Object.fromEntries(answer.findings.map((finding) => [finding.check, finding.outcome]));

describe('the checks of a gate', () => {
  it('are asked at once: the whole takes as long as the slowest', async () => {
    const time = new VirtualTime();
    const slow = (id: string, ms: number) =>
      check(id, async () => {
        await time.sleep(ms);
        return says('pass');
      });
    const answer = await ask(
      [slow('a.one', 3000), slow('b.two', 9000), slow('c.three', 5000)],
      {},
      time,
    ).answer();
    expect(answer.wallMs).toBe(9000);
    expect(answer.findings.map((one) => one.durationMs)).toEqual([3000, 9000, 5000]);
    expect(answer.verdict.call).toBe('go');
  });

  it('GO-05: a judge that leaves the decision to people makes it HOLD; only a fail can', async () => {
    const open = check('a.one', async () => ({ ...says('fail'), holds: true }));
    const fine = check('b.two', async () => ({ ...says('pass'), holds: true }));
    const answer = await ask([open, fine]).answer();
    expect(answer.verdict.call).toBe('hold');
    expect(answer.findings.map((one) => one.holds)).toEqual([true, undefined]);
  });

  it('are told in the order in which they end, and found in the order in which they stand', async () => {
    const time = new VirtualTime();
    const slow = (id: string, ms: number) =>
      check(id, async () => {
        await time.sleep(ms);
        return says('pass');
      });
    const { told, answer } = ask([slow('a.one', 300), slow('b.two', 100), slow('c.three', 200)], {}, time);
    expect((await answer()).findings.map((one) => one.check)).toEqual(['a.one', 'b.two', 'c.three']);
    const results = told.flatMap((event) => (event.type === 'check.result' ? [event.finding.check] : []));
    expect(results).toEqual(['b.two', 'c.three', 'a.one']);
    expect([told[0]?.type, told.at(-1)?.type]).toEqual(['gate.started', 'gate.decided']);
  });

  it('go to one service a few at a time, and to others meanwhile', async () => {
    const time = new VirtualTime();
    let busy = 0;
    let most = 0;
    const probe = async () => {
      busy += 1;
      most = Math.max(most, busy);
      await time.sleep(1000);
      busy -= 1;
      return says('pass');
    };
    const neon = Array.from({ length: 7 }, (_, i) => check(`neon.n${i}`, probe, { needs: ['neon'] }));
    const other = check('stripe.s', async () => says('pass'), { needs: ['stripe'] });
    const answer = await ask([...neon, other], { width: 3 }, time).answer();
    expect(most).toBe(3);
    expect(answer.wallMs).toBe(3000);
    expect(answer.findings.at(-1)).toMatchObject({ check: 'stripe.s', startMs: 0 });
  });

  it('count the time limit of each from its own turn, not from the start of the gate', async () => {
    const time = new VirtualTime();
    const probe = async () => {
      await time.sleep(8000);
      return says('pass');
    };
    const checks = ['a.x', 'a.y', 'a.z'].map((id) => check(id, probe, { needs: ['neon'] }));
    const answer = await ask(checks, { width: 1 }, time).answer();
    expect(answer.verdict.call).toBe('go');
    expect(answer.findings.map((one) => one.startMs)).toEqual([0, 8000, 16_000]);
  });
});

describe('one bad check', () => {
  const bad: readonly (readonly [string, Check, string])[] = [
    [
      'throws',
      check('bad.one', () => Promise.reject(new TypeError('napi_secret'))),
      'the check broke (TypeError)',
    ],
    [
      'throws before it is a promise',
      check('bad.one', () => {
        throw new RangeError('x');
      }),
      'the check broke (RangeError)',
    ],
    [
      'throws nothing at all',
      check('bad.one', () => Promise.reject(undefined)),
      'the check broke (undefined)',
    ],
    ['never answers', check('bad.one', silent), 'no answer within 10 s'],
    ['has a limit of its own', check('bad.one', silent, { timeoutMs: 2000 }), 'no answer within 2 s'],
    [
      'cannot judge what it found',
      check('bad.one', async () => ({}), {
        judge: () => {
          throw new TypeError('x of undefined');
        },
      }),
      'the check broke (TypeError)',
    ],
    ['judges with nothing', check('bad.one', async () => undefined), 'the check broke (TypeError)'],
    [
      'judges with an unknown word',
      check('bad.one', async () => ({ outcome: 'ok', said: 'fine' })),
      'the check broke (TypeError)',
    ],
    [
      'is refused by its service',
      check('bad.one', () =>
        Promise.reject(
          new ReleaseError('E_TEST', { what: 'No.', why: 'Because.', next: 'Look.', state: 'untouched' }),
        ),
      ),
      'No. Because.',
    ],
  ];

  it.each(bad)('is unknown when it %s, holds the gate, and stops no other', async (_, one, said) => {
    const answer = await ask([passing('a.good'), one, passing('z.good')]).answer();
    expect(outcomes(answer)).toEqual({ 'a.good': 'pass', 'bad.one': 'unknown', 'z.good': 'pass' });
    expect(answer.findings[1]?.said).toBe(said);
    expect(answer.findings[1]?.remedy).toBeTruthy();
    expect(answer.verdict).toMatchObject({ call: 'hold', because: [{ check: 'bad.one' }] });
  });

  it('frees its place at its service when its time is over', async () => {
    const checks = [
      check('a.stuck', silent, { needs: ['neon'], timeoutMs: 5000 }),
      passing('b.next', { needs: ['neon'] }),
    ];
    const answer = await ask(checks, { width: 1 }).answer();
    expect(outcomes(answer)).toEqual({ 'a.stuck': 'unknown', 'b.next': 'pass' });
    expect(answer.wallMs).toBe(5000);
  });

  it('hears from its signal that its time is over, and is not heard any more', async () => {
    const time = new VirtualTime();
    let heard = false;
    const late = check(
      'a.late',
      async (_, { signal }) => {
        signal.addEventListener('abort', () => {
          heard = true;
        });
        await time.sleep(20_000);
        return says('pass');
      },
      { timeoutMs: 1000 },
    );
    const { told, answer } = ask([late], {}, time);
    expect(outcomes(await answer())).toEqual({ 'a.late': 'unknown' });
    expect(heard).toBe(true);
    await time.drive(time.sleep(30_000));
    expect(told.filter((event) => event.type === 'check.result')).toHaveLength(1);
  });

  it('buries nobody under its words', async () => {
    const flood = check('a.flood', async () => ({
      outcome: 'fail',
      said: 'x'.repeat(1e6),
      remedy: 'y'.repeat(1e6),
    }));
    const [finding] = (await ask([flood]).answer()).findings;
    expect([finding?.said.length, finding?.remedy?.length]).toEqual([2001, 2001]);
  });

  it.each([
    ['E_SECRET_MISSING', 'missing'],
    ['E_SECRET_REFUSED', 'refused'],
    ['E_STRIPE_KEY', 'refused'],
    ['E_NEON_KEY', 'refused'],
    ['E_GITHUB_KEY', 'refused'],
    ['E_SLACK_KEY', 'refused'],
    ['E_NETWORK', undefined],
  ] as const)('says of a probe that ended with %s that its secret is %s', async (code, credential) => {
    const without = check('a.key', () =>
      Promise.reject(new ReleaseError(code, { what: 'No.', next: 'Set it.', state: 'untouched' })),
    );
    const [finding] = (await ask([without]).answer()).findings;
    expect([finding?.outcome, finding?.credential]).toEqual(['unknown', credential]);
  });
});

describe('the verdict', () => {
  it('is NO-GO when nobody was asked', async () => {
    expect((await ask([]).answer()).verdict).toEqual({ call: 'no-go', because: [] });
    const elsewhere = passing('a.one', { gates: ['parity'] });
    expect((await ask([elsewhere]).answer()).verdict.call).toBe('no-go');
    const absent = passing('a.one', { needs: ['slack'] });
    const answer = await ask([absent]).answer();
    expect(answer).toMatchObject({
      verdict: { call: 'no-go' },
      absent: [{ check: 'a.one', why: 'slack not configured' }],
    });
  });

  it('leaves out what does not concern this configuration, and asks when that cannot be told', async () => {
    const absent = passing('a.absent', { absent: () => 'no migrations' });
    const broken = passing('b.broken', {
      absent: () => {
        throw new TypeError('x');
      },
    });
    const answer = await ask([absent, broken]).answer();
    expect(outcomes(answer)).toEqual({ 'b.broken': 'pass' });
    expect(answer.absent).toEqual([{ check: 'a.absent', why: 'no migrations' }]);
  });

  it('is NO-GO for a failed blocker, and go for a failed piece of advice', async () => {
    const failing = (weight: 'blocker' | 'advisory') => check('a.one', async () => says('fail'), { weight });
    expect((await ask([failing('blocker'), passing('b.two')]).answer()).verdict.call).toBe('no-go');
    expect((await ask([failing('advisory'), passing('b.two')]).answer()).verdict.call).toBe('go');
  });

  it('is HOLD when a blocker was left out by hand, which stays visible', async () => {
    const answer = await ask([passing('a.one'), passing('b.two')], { skip: ['b.*'] }).answer();
    expect(outcomes(answer)).toEqual({ 'a.one': 'pass', 'b.two': 'skip' });
    expect(answer.verdict).toMatchObject({ call: 'hold', because: [{ check: 'b.two' }] });
  });

  it('asks only what --only names', async () => {
    const answer = await ask([passing('a.one'), passing('a.two'), passing('b.one')], {
      only: ['a.*'],
    }).answer();
    expect(Object.keys(outcomes(answer))).toEqual(['a.one', 'a.two']);
  });

  it.each(['only', 'skip'] as const)(
    'refuses a pattern of --%s that means no check, before it asks any',
    async (flag) => {
      let asked = 0;
      const one = check('database.connect', async () => {
        asked += 1;
        return says('pass');
      });
      const error = await failureOf(ask([one], { [flag]: ['databse.connect'] }).answer());
      expect([error.code, asked]).toEqual(['E_CHECK_UNKNOWN', 0]);
      expect(error.text.what).toContain('database.connect');
    },
  );

  it('takes a pattern for letters and stars, not for a regular expression', async () => {
    const checks = [passing('a.one'), passing('axone')];
    expect(Object.keys(outcomes(await ask(checks, { only: ['a.one'] }).answer()))).toEqual(['a.one']);
    expect((await failureOf(ask(checks, { only: ['(a|b).*'] }).answer())).code).toBe('E_CHECK_UNKNOWN');
  });
});

describe('a waiver', () => {
  const waiver = (until?: string) => [
    { check: 'a.one', by: 'ana', reason: 'known', ...(until === undefined ? {} : { until }) },
  ];
  const failing = check('a.one', async () => says('fail'));

  it.each([
    [undefined, 'go'],
    ['2025-10-01T14:00:00Z', 'go'],
    ['2025-10-01T13:59:59Z', 'no-go'],
    ['2025-10-01', 'go'],
    ['2025-09-30', 'no-go'],
    ['next week', 'no-go'],
  ] as const)('until %s makes a failed check %s', async (until, call) => {
    const answer = await ask([failing, passing('b.two')], { waivers: waiver(until) }).answer();
    expect(answer.verdict.call).toBe(call);
    expect(answer.findings[0]?.outcome).toBe('fail');
    const { waived, digest } = answer.findings[0] ?? {};
    expect(waived).toEqual(call === 'go' ? { ...waiver(until)[0], digest } : undefined);
  });

  it('demotes an unknown as well, and marks nothing on a check that passes', async () => {
    const unknown = check('a.one', () => Promise.reject(new Error('x')));
    const held = await ask([unknown, passing('b.two')], { waivers: waiver() }).answer();
    expect(held.verdict.call).toBe('go');
    const fine = await ask([passing('a.one')], { waivers: waiver() }).answer();
    expect(fine.findings[0]).not.toHaveProperty('waived');
  });

  it('for a check that is not there is refused', async () => {
    const error = await failureOf(ask([passing('b.two')], { waivers: waiver() }).answer());
    expect(error.code).toBe('E_CHECK_UNKNOWN');
  });
});

describe('a gate that is stopped', () => {
  it('ends at once, asks nobody any more, and says so', async () => {
    const stop = new AbortController();
    const time = new VirtualTime();
    let asked = 0;
    const probe = async () => {
      asked += 1;
      return silent();
    };
    const checks = ['a.x', 'a.y', 'a.z'].map((id) => check(id, probe, { needs: ['neon'] }));
    time.after(1000, () => stop.abort(new DOMException('stopped', 'AbortError')));
    const answer = await ask(checks, { signal: stop.signal, width: 1 }, time).answer();
    expect([asked, answer.wallMs, answer.verdict.call]).toEqual([1, 1000, 'hold']);
    expect(answer.findings.map((one) => one.said)).toEqual(Array(3).fill('stopped before it answered'));
  });
});
