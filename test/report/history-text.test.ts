import { describe, expect, it } from 'vitest';
import type { RunState } from '../../src/ledger/fold.ts';
import { widthOf } from '../../src/report/display-width.ts';
import { sayHistory } from '../../src/report/history-text.ts';
import { planOf } from '../support/run-events.ts';

const run = {
  run: 'r-1',
  plan: planOf(),
  startedAt: '2025-10-01T14:00:00.000Z',
  endedAt: '2025-10-01T14:00:20.000Z',
  lastAt: '2025-10-01T14:00:20.000Z',
  end: 'completed',
  actor: 'Somebody with a long name',
  said: 'deploy of v2.1.0 completed, and nothing else is to be said of it',
} as unknown as RunState;
const say = (columns: number): string[] =>
  sayHistory([run, run], 'America/New_York', { ascii: false, columns }).split('\n');

describe('the history of releases', () => {
  it('is one line a run where the screen is wide enough', () => {
    expect(say(200)).toHaveLength(3);
    expect(say(200)[1]).toMatch(/^ {2}1 Oct.*✔ completed.*Somebody with a long name {2}deploy of v2\.1\.0/);
  });

  it('has who and what for below each run where it is not, and no line that the screen would break', () => {
    const lines = say(80);
    for (const line of lines) expect(widthOf(line), line).toBeLessThanOrEqual(80);
    expect(lines).toHaveLength(5);
    expect(lines[0]).not.toContain('notes');
    expect(lines[2]?.trim()).toMatch(/^Somebody with a long name: deploy of v2\.1\.0 completed/);
  });
});
