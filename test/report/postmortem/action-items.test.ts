import { describe, expect, it } from 'vitest';
import { judgeActions } from '../../../src/report/postmortem/action-items.ts';

const TODAY = '2025-10-08';
const judge = (...lines: readonly string[]) =>
  judgeActions(
    ['# P', '', '- no item', '## Action Items', '', ...lines, '## Lessons', '- none'].join('\n'),
    TODAY,
  );

describe('the actions of a postmortem', () => {
  it.each([
    '- [ ] Add an index - Owner: Ana - Due: 2025-10-09',
    '- [x] Add an index - Owner: Ana - Due: 2025-10-01',
    '* **Alert on it** — Owner: Jean-Luc Ito — Due: 2025-12-31',
    '1. Alert on it (owner: @ana, due: 2025-10-08)',
    '- None: the cause is gone with the vendor',
    '- [ ] TODO(person): action - Owner: name - Due: 2025-12-31',
  ])('PMT-10: takes %s', (line) => {
    expect(judge(line)).toEqual([]);
  });

  it.each([
    ['- [ ] Add an index', 'no owner, no due date'],
    ['- [ ] Add an index - Due: 2025-10-09', 'no owner'],
    ['- [ ] Add an index - Owner: tbd - Due: 2025-10-09', 'no owner'],
    ['- [ ] Add an index - Owner: … - Due: 2025-10-09', 'no owner'],
    ['- [ ] Add an index - Owner: Ana', 'no due date'],
    ['- [ ] Add an index - Owner: Ana - Due: soon', 'no due date'],
    ['- [ ] Add an index - Owner: Ana - Due: 2025-02-30', 'no due date'],
  ])('PMT-10: refuses %s: %s', (line, lacks) => {
    expect(judge(line)).toEqual([{ line: 6, said: expect.stringContaining(`Action Items: ${lacks}: `) }]);
  });

  it('PMT-10: tells an action whose day is over, and that there is none at all', () => {
    const late = judge('- [ ] Add an index - Owner: Ana - Due: 2025-10-07');
    expect(late).toEqual([
      { line: 6, said: expect.stringMatching(/^overdue since 2025-10-07: Add an index/) },
    ]);
    expect(judge()).toEqual([{ line: 1, said: 'Action Items: there is none' }]);
    expect(judge('- None')).toHaveLength(1);
  });
});
