import { describe, expect, it } from 'vitest';
import { type FaultPhase, FaultPlay, scriptSchema } from '../../../src/sandbox/servers/host/fault-script.ts';

const LIST = 'GET /api/assessments';

/** What so many requests of one route meet, one a second. */
function play(phases: readonly FaultPhase[], seconds: number, over: object = {}): string[] {
  const faults = new FaultPlay({ phases: [...phases] });
  return Array.from({ length: seconds }, (_, second) => {
    const asked = { second, route: LIST, who: 'users', version: '2.1.0', ...over } as const;
    return faults.meet(asked).kind;
  });
}

describe('a script of faults', () => {
  it('lasts from its second to its second, the last one left out', () => {
    expect(play([{ kind: 'slow', from: 1, to: 3, ms: 10 }], 5)).toEqual([
      'none',
      'wait',
      'wait',
      'none',
      'none',
    ]);
    expect(play([{ kind: 'stalled', from: 2 }], 4)).toEqual(['none', 'none', 'hold', 'hold']);
  });

  it('fails k of n, the first of them first, and the same ones every time', () => {
    const flaky = [{ kind: 'flaky', from: 0, k: 3, n: 10, status: 500 }] as const;
    const met = play(flaky, 20);
    expect(met).toEqual(play(flaky, 20));
    expect(met.filter((one) => one === 'fail')).toHaveLength(6);
    expect(met.slice(0, 10)).toEqual([
      ...['fail', 'none', 'none', 'fail', 'none'],
      ...['none', 'fail', 'none', 'none', 'none'],
    ]);
  });

  it('counts each route, and the requests of users and of the release, by itself', () => {
    const faults = new FaultPlay({ phases: [{ kind: 'flaky', from: 0, k: 1, n: 3, status: 500 }] });
    const ask = (route: string, who: 'users' | 'release') =>
      faults.meet({ second: 0, route, who, version: undefined }).kind;
    const firsts = [
      ask(LIST, 'users'),
      ask(LIST, 'release'),
      ask('GET /health', 'users'),
      ask(LIST, 'users'),
    ];
    expect(firsts).toEqual(['fail', 'fail', 'fail', 'none']);
  });

  it('is meant for some routes, some askers or some version', () => {
    const dead = { kind: 'dead', from: 0 } as const;
    const other = 'POST /api/auth/login';
    expect(play([{ ...dead, routes: [other] }], 1)).toEqual(['none']);
    expect(play([{ ...dead, of: 'release' }], 1)).toEqual(['none']);
    expect(play([{ ...dead, version: '2.2.0' }], 1)).toEqual(['none']);
    expect(play([{ ...dead, version: '2.2.0' }], 1, { version: '2.2.0' })).toEqual(['cut']);
  });

  it('goes on to the next part where the first one lets a request pass', () => {
    const flaky = { kind: 'flaky', from: 0, k: 1, n: 2, status: 500 } as const;
    expect(play([flaky, { kind: 'slow', from: 0, ms: 10 }], 3)).toEqual(['fail', 'wait', 'fail']);
  });

  it('lets the measurements fall silent, and nothing else', () => {
    const faults = new FaultPlay({ phases: [{ kind: 'silent', from: 10, to: 20 }] });
    expect([9, 10, 19, 20].map((second) => faults.isSilent(second))).toEqual([false, true, true, false]);
    expect(play([{ kind: 'silent', from: 0 }], 1)).toEqual(['none']);
  });

  it('is refused where it says what no script can', () => {
    expect(scriptSchema.safeParse({ phases: [{ kind: 'flaky', k: 0, n: 8 }] }).success).toBe(false);
    expect(scriptSchema.safeParse({ phases: [{ kind: 'sleepy' }] }).success).toBe(false);
    expect(scriptSchema.parse({ phases: [{ kind: 'flaky', k: 1, n: 8 }] })).toEqual({
      ...{ starts: 'now', phases: [{ kind: 'flaky', from: 0, k: 1, n: 8, status: 500 }] },
    });
  });
});
