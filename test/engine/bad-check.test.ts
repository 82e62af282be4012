import { describe, expect, it } from 'vitest';
import { type Check, ReleaseError } from '../../src/kit.ts';
import { VirtualTime } from '../support/engine/virtual-time.ts';
import { ask, check, outcomes, passing, says, silent } from './gate-of-checks.ts';

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
