import { describe, expect, it } from 'vitest';
import { sayChanged } from './say-changed.ts';

describe('numbers that contradict each other, and names that are none (T27)', () => {
  it.each([
    ['parity: { go: 90, noGo: 80 }', 'parity: { go: 80, noGo: 90 }', 'noGo must not be above go'],
    [
      'tls: { warnDays: 30, failDays: 7 }',
      'tls: { warnDays: 7, failDays: 30 }',
      'failDays must not be above warnDays',
    ],
    ['to: "14:00"', 'to: "09:00"', 'the window ends before it begins'],
    [
      'lastStartBefore: 150',
      'lastStartBefore: 241',
      'no start fits: the window lasts 240 minutes and a run needs 241',
    ],
    ['postponeHours: [24, 48]', 'postponeHours: [48, 24]', 'the second number must not be below the first'],
    ['to: 2027-01-03', 'to: 2026-12-17', 'the freeze ends before it begins'],
    ['p95Ms: 100, maxMs: 200', 'p95Ms: 100, maxMs: 50', 'maxMs must not be below p95Ms'],
    ['doneWithinMinutes: 15', 'doneWithinMinutes: 4', 'a rollback cannot be done before it must start'],
    ['    percent: 5\n', '', 'within-percent needs percent'],
    ['uploaded_at >= {baseline}', 'uploaded_at >= {since}', '{since} is not known; {baseline} is'],
    ['id: users-growth', 'id: assessments', 'two queries are named "assessments"'],
    [
      'row: RBC-P1-1, from: 2',
      'row: RBC-P1-1, from: 0.8',
      'bands go from mild to bad, and this one is milder than the one before',
    ],
    ['row: RBC-P0-4, below: 90', 'row: RBC-P0-4, below: 90, from: 1', 'a band needs either from or below'],
    ['row: RBC-P0-4, below: 90', 'row: RBC-P0-4, from: 90', 'bands of one rule look the same way'],
    ['level: P1, row: E-17', 'level: P0, row: E-17', 'this band overlaps one before it'],
    ['level: P1, row: E-17', 'level: hold, row: E-17', 'bands go from mild to bad, and this level is milder'],
    ['level: hold, row: ENV-06', 'level: P3, row: ENV-06', 'there is a gap'],
    [
      'knownIssues: []',
      'knownIssues: [{ rule: p95, reason: x, by: y, until: 2026-01-01 }]',
      'there is no rule "p95"',
    ],
  ])('%j → %j', (was, now, message) => {
    expect(
      sayChanged(was, now)
        .map((one) => one.said)
        .join('\n'),
    ).toContain(`error: ${message}`);
  });

  it('an integrity query is one SELECT: nothing can be changed by it (T28)', () => {
    const asked =
      "select count(*) from users where subscription_status = 'active' and stripe_customer_id is null";
    const [first] = sayChanged(asked, 'select 1; delete from assessments');
    expect(first?.said).toMatch(/error: integrity\[4\]\.sql must be one SELECT/);
  });

  it.each([
    [
      'table: assessments',
      'table: assessments; drop table users',
      /integrity\[0\]\.table must be written like/,
    ],
    ['table: assessments', 'table: public.assessments', undefined],
    ['key: id', 'key: "id) or (1=1"', /integrity\[0\]\.key must be written like/],
    [
      "where: name not like 'smoke:%'",
      'where: "true; delete from users"',
      /integrity\[0\]\.where must be one condition/,
    ],
    [
      "where: name not like 'smoke:%'",
      'where: made_at < {basline}',
      /\{basline\} is not known; \{baseline\} is/,
    ],
    ['key: id', 'key: id\n    until: created_at', /key and until exclude each other/],
    ['key: id', 'key: id\n    deletions: delete from users', /deletions must be one SELECT/],
    [
      '{ from: evidence_files.assessment_id, to: assessments.id }',
      '{ from: evidence_files, to: assessments.id }',
      /from must be written like/,
    ],
    [
      '{ from: evidence_files.assessment_id, to: assessments.id }',
      '{ from: public.evidence_files.assessment_id, to: assessments.id }',
      undefined,
    ],
  ])('T27: a question about a table takes names alone: %s as %s', (was, now, said) => {
    const found = sayChanged(was, now).map((one) => one.said);
    if (said === undefined) expect(found).toEqual([]);
    else expect(found.join()).toMatch(said);
  });
});
