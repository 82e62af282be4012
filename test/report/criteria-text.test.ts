import { describe, expect, it } from 'vitest';
import { judgeCriteria } from '../../src/domain/go-no-go/judge-criteria.ts';
import { makePaint } from '../../src/report/color.ts';
import { sayCriteria } from '../../src/report/criteria-text.ts';
import { widthOf } from '../../src/report/display-width.ts';
import { finding } from '../support/run-events.ts';

const look = { paint: makePaint(false), ascii: false, columns: 80 };
const roles = {
  'product-owner': { title: 'Product Owner' },
  'on-call': { title: 'On-Call Engineer' },
  'rollback-lead': { title: 'Rollback Lead' },
};
const findings = [
  finding('tests.e2e', { said: '98 of 100 passed, 98 %' }),
  finding('source.open-bugs', { outcome: 'fail', said: '2 open P1: #41, #52', remedy: 'Mend them.' }),
  finding('parity.likeness', {
    outcome: 'fail',
    holds: true,
    said: '88 % alike',
    remedy: 'Decide about it.',
  }),
  finding('app.health'),
  finding('database.connect'),
  finding('database.restore-window', { outcome: 'unknown', said: 'Neon did not answer within 10 s' }),
];
const absent = [{ check: 'security.audit', why: 'no package.json is configured' }];
const answers = judgeCriteria({ findings, absent, roles, deciders: ['product-owner'] });
const lines = (change = {}) =>
  sayCriteria({ answers, deciders: ['Product Owner', 'Engineering Lead'] }, { ...look, ...change });

describe('the criteria on the screen', () => {
  it('GO-10, DP-1b: shows each with what is known, where from, what to do and who has to say it', () => {
    expect(lines().join('\n')).toMatchInlineSnapshot(`
      "  Criteria   2 of 16 fulfilled · 2 against · 12 open
          ✔ GO-01 NG-02  End-to-end tests passed   tests.e2e: 98 of 100 passed, 98 %
          ✖ GO-02 NG-01  No open P0 or P1 bug      source.open-bugs: 2 open P1: #41,
                                                   #52
          ? GO-03        UAT signed off            Product Owner has to say so
          ? GO-04 NG-03  No grave vulnerability    security.audit was not asked: no
                                                   package.json is configured.
                                                   Configure it, or let people decide
                                                   without it.
          ? GO-05 NG-07  Staging like production   parity.likeness: 88 % alike. Decide
                                                   about it.
          ? GO-06 NG-05  Database can be restored  database.restore-window: Neon did
                                                   not answer within 10 s. Look into
                                                   database.restore-window, then ask
                                                   again.
          ? GO-07 NG-06  On-call is ready          On-Call Engineer has to say so
          ? GO-08        Rollback is understood    Rollback Lead has to say so
          ? GO-09        Environment is healthy    database.restore-window: Neon did
                                                   not answer within 10 s. Look into
                                                   database.restore-window, then ask
                                                   again.
          ? NG-04        Staging is healthy        no answer of app.staging. Let
                                                   people look.
          Before decision 1 people have to say GO-03, GO-07, GO-08, and Product Owner,
          Engineering Lead to sign."
    `);
  });

  it('keeps to 80 columns, also without signs', () => {
    for (const line of [...lines(), ...lines({ ascii: true })]) expect(widthOf(line)).toBeLessThanOrEqual(80);
  });

  it('DP-1a: names nobody who decides when the runbook has no decision 1', () => {
    const text = sayCriteria({ answers, deciders: [] }, look).join(' ');
    expect(text).toContain('people have to say GO-03, GO-07, GO-08.');
  });

  it('GO-05: what was said and what is to be done are two sentences with one full stop between them', () => {
    const said = 'Parity cannot be judged, and that is no GO.';
    const one = finding('parity.likeness', { outcome: 'unknown', said, remedy: 'Start it.' });
    const answers = judgeCriteria({ findings: [one], absent: [], roles, deciders: [] });
    const text = sayCriteria({ answers, deciders: [] }, look).join(' ').replace(/\s+/g, ' ');
    expect(text).toContain('that is no GO. Start it.');
  });
});
