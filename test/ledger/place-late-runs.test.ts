import { describe, expect, it } from 'vitest';
import { placeLateRuns } from '../../src/ledger/place-late-runs.ts';

const run = (name: string, hour: number) => ({ run: name, startedAt: `2025-10-01T0${hour}:00:00.000Z` });
const order = (runs: ReturnType<typeof run>[], ...late: string[]) =>
  placeLateRuns(runs, new Set(late))
    .map((one) => one.run)
    .join(' ');

describe('a run that was brought later', () => {
  it('stands before whatever began after it', () => {
    expect(order([run('a', 1), run('b', 3), run('late', 2)], 'late')).toBe('a late b');
    expect(order([run('a', 1), run('b', 3), run('late', 4)], 'late')).toBe('a b late');
    expect(order([run('b', 3), run('late', 2), run('later', 2)], 'late', 'later')).toBe('late later b');
  });

  it('is the only one that is moved: the order of the others is the ledger’s, whatever their clocks say', () => {
    expect(order([run('a', 5), run('b', 1)])).toBe('a b');
    expect(order([run('a', 5), run('b', 1), run('late', 3)], 'late')).toBe('late a b');
  });
});
