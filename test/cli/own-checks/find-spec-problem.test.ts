import { describe, expect, it } from 'vitest';
import { findSpecProblem } from '../../../src/cli/own-checks/read-spec.ts';

const good = {
  id: 'orders.paid',
  title: 'Orders are paid',
  runbook: [],
  gates: ['preflight'],
  needs: ['web'],
  probe: async () => 1,
  judge: () => ({ outcome: 'pass', said: '' }),
};

const WRONG: readonly [unknown, string | undefined, RegExp][] = [
  [undefined, undefined, /no check: export default/],
  [() => good, undefined, /no check: export default/],
  [{ ...good, id: 'orders' }, 'id', /room\.name/],
  [{ ...good, id: 'Orders.Paid' }, 'id', /room\.name/],
  [{ ...good, id: 7 }, 'id', /room\.name/],
  [{ ...good, title: ' ' }, 'title', /duty/],
  [{ ...good, runbook: [7] }, 'runbook', /rows/],
  [{ ...good, gates: [] }, 'gates', /at least one/],
  [{ ...good, gates: 'preflight' }, 'gates', /list of gates/],
  [{ ...good, gates: ['prefligth'] }, 'gates', /"prefligth" is no gate\. Did you mean "preflight"\?/],
  [{ ...good, needs: ['postgre'] }, 'needs', /"postgre" is no service\. Did you mean "postgres"\?/],
  [{ ...good, weight: 'heavy' }, 'weight', /'blocker' or 'advisory'/],
  [{ ...good, timeoutMs: '5 s' }, 'timeoutMs', /milliseconds/],
  [{ ...good, timeoutMs: Number.POSITIVE_INFINITY }, 'timeoutMs', /milliseconds/],
  [{ ...good, absent: 'never' }, 'absent', /function/],
  [{ ...good, probe: undefined }, 'probe', /probe is missing/],
  [{ ...good, judge: undefined }, 'judge', /judge is missing/],
  [{ ...good, timeout: 5 }, 'timeout', /no field "timeout"/],
];

describe('the shape of a check that somebody wrote', () => {
  it('accepts a whole one, with and without its optional fields', () => {
    expect(findSpecProblem(good)).toBeUndefined();
    expect(
      findSpecProblem({
        ...good,
        weight: 'advisory',
        timeoutMs: 500,
        absent: () => undefined,
        runbook: 'X-1',
      }),
    ).toBeUndefined();
  });

  it.each(WRONG)('refuses %j at its field and says what belongs there', (value, field, said) => {
    const problem = findSpecProblem(value);
    expect(problem?.field).toBe(field);
    expect(problem?.said).toMatch(said);
  });
});
