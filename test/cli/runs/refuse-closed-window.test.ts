import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../../src/cli/exit-by-code.ts';
import { refuseClosedWindow } from '../../../src/cli/runs/refuse-closed-window.ts';
import { isReleaseError } from '../../../src/domain/failure.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { RunState } from '../../../src/ledger/fold.ts';
import { makeRunbook } from '../../support/policy.ts';
import { makeTestContext } from '../../support/test-context.ts';
import { makeTestWired } from '../../support/test-wired.ts';

const WINDOW = { days: ['Tue', 'Wed', 'Thu'], from: '10:00', to: '14:00', lastStartBefore: 120 };
const FREEZE = { from: '2025-10-01', to: '2025-10-02', reason: 'quarter end' };

interface Case {
  /** UTC; the window is in New York, four hours behind. */
  readonly at: string;
  readonly options?: Record<string, unknown>;
  readonly canAsk?: boolean;
  readonly request?: JsonObject;
  readonly freezes?: readonly object[];
}

function resumeAt({ at, options = {}, canAsk = false, request = { needsWindow: true }, freezes = [] }: Case) {
  const { context, stderr } = makeTestContext({ terminal: { canAsk } });
  const { wired } = makeTestWired({});
  const runbook = makeRunbook({ window: WINDOW, calendar: { freezes } });
  const clock = { ...wired.clock, now: () => new Date(at) };
  try {
    const outside = refuseClosedWindow({ request } as unknown as RunState, options as never, context, {
      ...wired,
      runbook,
      clock,
    });
    return { outside, said: stderr(), code: '', what: '', next: '' };
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return { outside: undefined, said: stderr(), code: error.code, ...error.text };
  }
}

describe('a deploy that comes back', () => {
  it('goes on inside the window, also after the latest start: it has begun', () => {
    for (const at of ['2025-10-01T14:30:00Z', '2025-10-01T17:55:00Z'])
      expect(resumeAt({ at })).toMatchObject({ outside: undefined, said: '', code: '' });
  });

  it('F73: is refused in a script once the window has closed, or a freeze has begun', () => {
    const night = resumeAt({ at: '2025-10-02T02:00:00Z' });
    expect(night).toMatchObject({ code: 'E_WINDOW_CLOSED', state: 'partly-done' });
    expect(night.what).toContain('10:00–14:00');
    expect(night.next).toContain('--waive window --reason');
    expect(exitCodeOf('E_WINDOW_CLOSED')).toBe(3);
    const frozen = resumeAt({ at: '2025-10-01T14:30:00Z', freezes: [FREEZE] });
    expect(frozen.what).toContain('quarter end');
  });

  it('F73: shows it to a person, who answers with the name of the environment', () => {
    const { outside, said } = resumeAt({ at: '2025-10-02T02:00:00Z', canAsk: true });
    expect(outside).toBe('agreed to at the terminal');
    expect(said).toContain('▲ The window has closed since this run began');
  });

  it('goes on outside of it with a reason, which is kept', () => {
    const options = { waive: ['window'], reason: 'users are locked out' };
    expect(resumeAt({ at: '2025-10-02T02:00:00Z', options }).outside).toBe('users are locked out');
    expect(resumeAt({ at: '2025-10-02T02:00:00Z', options: { waive: ['window'] } }).code).toBe(
      'E_WAIVE_REASON',
    );
  });

  it('asks no more of a run than was asked when it began: its window was waived, or nobody had one', () => {
    const request = { needsWindow: false };
    expect(resumeAt({ at: '2025-10-02T02:00:00Z', request }).outside).toBeUndefined();
  });
});
