import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, Outcome } from '../../../src/domain/finding.ts';
import { CRITERIA } from '../../../src/domain/go-no-go/criteria.ts';
import {
  type CriteriaFacts,
  type CriterionAnswer,
  judgeCriteria,
  judgeDecision,
} from '../../../src/domain/go-no-go/judge-criteria.ts';
import { judgeFindings } from '../../../src/domain/verdict.ts';
import { finding } from '../../support/run-events.ts';

const roles = {
  'product-owner': { title: 'Product Owner' },
  'on-call': { title: 'On-Call' },
  'deployment-lead': { title: 'Deployment Lead' },
};
const factsOf = (findings: readonly Finding[], change: Partial<CriteriaFacts> = {}): CriteriaFacts => ({
  findings,
  absent: [],
  roles,
  deciders: ['product-owner'],
  ...change,
});
const answer = (row: string, findings: readonly Finding[], change: Partial<CriteriaFacts> = {}) =>
  judgeCriteria(factsOf(findings, change)).find((one) => one.row === row) as CriterionAnswer;

/** Row → the check that answers it. */
const BY_CHECK: readonly (readonly [string, string])[] = [
  ['GO-01', 'tests.e2e'],
  ['GO-02', 'source.open-bugs'],
  ['GO-04', 'security.audit'],
  ['GO-04', 'security.scanners'],
  ['GO-05', 'parity.likeness'],
  ['GO-06', 'database.restore-window'],
  ['GO-09', 'app.health'],
  ['GO-09', 'database.connect'],
  ['GO-09', 'payments.stripe-key'],
  ['NG-01', 'source.open-bugs'],
  ['NG-02', 'tests.e2e'],
  ['NG-03', 'security.audit'],
  ['NG-04', 'app.staging'],
  ['NG-05', 'database.restore-window'],
  ['NG-06', 'people.roles-staffed'],
  ['NG-07', 'parity.likeness'],
];

describe('the criteria GO-01…GO-09 and NG-01…NG-07', () => {
  it('GO-10: are the nine and the seven of the runbook, in its order, each once', () => {
    const rows = judgeCriteria(factsOf([])).map((one) => one.row);
    const wanted = [...Array(9).keys()].map((i) => `GO-0${i + 1}`);
    expect(rows).toEqual([...wanted, ...[...Array(7).keys()].map((i) => `NG-0${i + 1}`)]);
    expect(new Set(CRITERIA.map((one) => one.id)).size).toBe(16);
  });

  it.each(BY_CHECK)('%s: is answered by %s', (row, check) => {
    const said = (outcome: Outcome, more: Partial<Finding> = {}) =>
      answer(row, [finding(check, { outcome, said: 'seen', ...more })]);
    expect(said('pass')).toMatchObject({ ok: true, said: `${check}: seen`, from: [check] });
    expect(said('warn').ok).toBe(true);
    expect(said('fail', { remedy: 'mend it' })).toMatchObject({ ok: false, todo: 'mend it' });
    expect(said('unknown').ok).toBeNull();
    expect(said('fail', { holds: true }).ok).toBeNull();
    expect(said('skip', { byHand: true }).ok).toBeNull();
  });

  it.each([
    ['GO-03', 'product-owner', 'Product Owner has to say so'],
    ['GO-07', 'on-call', 'On-Call has to say so'],
    ['GO-08', 'deployment-lead', 'Deployment Lead has to say so'],
  ])('%s: is for a person to say, and never taken as said', (row, decides, said) => {
    const all = CRITERIA.flatMap((one) => one.from).map((id) => finding(id.replace('*', 'x')));
    expect(answer(row, all)).toMatchObject({ ok: null, decides, said });
  });

  it('GO-07: is not fulfilled when a role has nobody, whatever anybody says', () => {
    expect(answer('GO-07', [finding('people.roles-staffed', { outcome: 'fail' })]).ok).toBe(false);
  });

  it('GO-03: names a decider when the runbook has no such role, and the usual one when it has none at all', () => {
    const few = { roles: { lead: { title: 'Lead' } }, deciders: ['lead'] };
    expect(answer('GO-03', [], few)).toMatchObject({ decides: 'lead', said: 'Lead has to say so' });
    expect(answer('GO-03', [], { roles: {}, deciders: [] }).decides).toBe('product-owner');
  });

  it('GO-10: a check that was not asked is not known, and says what is not configured', () => {
    const absent = [{ check: 'parity.likeness', why: 'no staging is configured' }];
    expect(answer('GO-05', [], { absent })).toMatchObject({
      ok: null,
      said: 'parity.likeness was not asked: no staging is configured',
    });
    expect(answer('GO-05', [])).toMatchObject({ ok: null, said: 'no answer of parity.likeness' });
  });

  it('GO-10: a check that does not concern this release answers nothing, neither way', () => {
    expect(answer('GO-06', [finding('database.restore-window', { outcome: 'skip' })]).ok).toBeNull();
  });

  it('GO-10: a waiver fulfils the criterion of its check and no other, and names who accepted it', () => {
    const waived = { check: 'tests.e2e', by: 'Sam Example', reason: 'known' };
    const both = [
      finding('tests.e2e', { outcome: 'fail', waived }),
      finding('security.audit', { outcome: 'fail' }),
    ];
    expect(answer('GO-01', both)).toMatchObject({ ok: true, said: 'tests.e2e: accepted by Sam Example' });
    expect(answer('GO-04', both).ok).toBe(false);
  });
});

describe('the decision over the criteria', () => {
  const ids = [...new Set(BY_CHECK.map(([, check]) => check)), 'people.window-open'];
  const anyFinding = fc
    .record({
      id: fc.constantFrom(...ids),
      outcome: fc.constantFrom<Outcome>('pass', 'warn', 'fail', 'skip', 'unknown'),
      weight: fc.constantFrom('blocker' as const, 'advisory' as const),
      holds: fc.boolean(),
      isWaived: fc.boolean(),
      byHand: fc.boolean(),
    })
    .map(({ id, outcome, weight, holds, isWaived, byHand }) =>
      finding(id, {
        outcome,
        weight,
        ...(holds && outcome === 'fail' ? { holds } : {}),
        ...(byHand && outcome === 'skip' ? { byHand: true as const } : {}),
        ...(isWaived && (outcome === 'fail' || outcome === 'unknown')
          ? { waived: { check: id, by: 'Sam Example', reason: 'known' } }
          : {}),
      }),
    );
  const some = fc.uniqueArray(anyFinding, { minLength: 1, selector: (one) => one.check });
  const CALLS = ['go', 'hold', 'no-go'];
  const rank = (findings: readonly Finding[]) =>
    CALLS.indexOf(judgeDecision(judgeCriteria(factsOf(findings))));

  it.each([
    [[true, true], 'go'],
    [[true, null], 'hold'],
    [[true, null, false], 'no-go'],
    [[], 'hold'],
  ] as const)('GO-10, NG-08: %o is %s', (oks, call) => {
    expect(judgeDecision(oks.map((ok) => ({ ok })))).toBe(call);
  });

  it('NG-08: a criterion is unfulfilled exactly where the gate says NO-GO for its check', () => {
    fc.assert(
      fc.property(some, (findings) => {
        const { call, because } = judgeFindings(findings);
        const bad = judgeCriteria(factsOf(findings)).filter((one) => one.ok === false);
        if (bad.length > 0) expect(call).toBe('no-go');
        const isAsked = because.some((one) => one.check !== 'people.window-open');
        if (call === 'no-go' && isAsked) expect(bad.length).toBeGreaterThan(0);
      }),
    );
  });

  it('NG-08: one more failed blocker never makes the decision better', () => {
    fc.assert(
      fc.property(some, fc.constantFrom(...ids), (findings, id) => {
        const others = findings.filter((one) => one.check !== id);
        const failed = finding(id, { outcome: 'fail' });
        expect(rank([...others, failed])).toBeGreaterThanOrEqual(rank(findings));
      }),
    );
  });

  it('GO-10: is never a GO while something is for people to say', () => {
    fc.assert(fc.property(some, (findings) => rank(findings) > 0));
  });

  it('GO-10: what is not known is never fulfilled', () => {
    fc.assert(
      fc.property(some, fc.constantFrom(...ids), (findings, id) => {
        const dark = [...findings.filter((one) => one.check !== id), finding(id, { outcome: 'unknown' })];
        const rows = BY_CHECK.filter(([, check]) => check === id).map(([row]) => row);
        const touched = judgeCriteria(factsOf(dark)).filter((one) => rows.includes(one.row));
        expect(touched.every((one) => one.ok !== true)).toBe(true);
      }),
    );
  });
});

it.each([
  ['no release is named', 'Name it: release preflight v1.2.3.'],
  ['no version was named', 'Name it: release preflight v1.2.3.'],
  ['neon not configured', 'Configure it, or let people decide without it.'],
  ['v2.1.0 is live already', 'Ask it when it can be, or let people decide without it.'],
])(
  'NG-04: a check that was not asked because %s is not called a matter of configuration alone',
  (why, todo) => {
    const absent = [{ check: 'app.staging', why }];
    const answers = judgeCriteria({ findings: [], absent, roles: {}, deciders: [] });
    expect(answers.find(({ row }) => row === 'NG-04')?.todo).toBe(todo);
  },
);
