import { expect, it } from 'vitest';
import check from '../../../checks/source/open-bugs.check.ts';
import type { OpenIssue } from '../../../src/services/github/port.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makePolicy, makeRunbook, onlyThese } from '../../support/policy.ts';
import { release } from '../../support/reports/evidence-doors.ts';

const scopeWith = (issues: object) => makePolicy({ release, runbook: makeRunbook({ evidence: { issues } }) });
async function judge(byLabel: Record<string, readonly OpenIssue[]>, issues: object = {}) {
  const labels = async () => ['p0', 'P1', 'blocker'];
  const services = onlyThese({ github: { labels, openIssues: async (label) => byLabel[label] ?? [] } });
  const asked = scopeWith(issues);
  return check.judge(await check.probe(services, asked), asked);
}
const bug = { number: 7, title: 'Login fails' };

it('GO-02, NG-01: one open P0 or P1 is no, and is named once', async () => {
  expect(await judge({})).toEqual({ outcome: 'pass', said: 'none open' });
  expect(await judge({ P1: [bug] })).toMatchObject({ outcome: 'fail', said: '#7 Login fails (P1)' });
  expect(await judge({ P0: [bug], P1: [bug] })).toMatchObject({ said: '#7 Login fails (P0)' });
  expect((await judge({ P2: [bug] })).outcome).toBe('pass');
  expect((await judge({ blocker: [bug] }, { labels: ['blocker'] })).outcome).toBe('fail');
});

it.each([
  [undefined, 'fail'],
  ['v2.1.0', 'fail'],
  ['v2.2.0', 'pass'],
])('GO-02: with milestones, an issue of %s is %s for v2.1.0', async (milestone, outcome) => {
  const planned = milestone === undefined ? bug : { ...bug, milestone };
  expect((await judge({ P0: [planned] }, { milestone: '{version}' })).outcome).toBe(outcome);
  expect((await judge({ P0: [planned] })).outcome).toBe('fail');
});

it('GO-02: a label that the repository does not have is not known to be on no bug', async () => {
  const error = await failureOf(judge({}, { labels: ['P0', 'priority: high'] }));
  expect(error).toMatchObject({ code: 'E_EVIDENCE_GAP' });
  expect(error.text.what).toContain('no label priority: high');
  expect((await judge({ P0: [bug] }, { labels: ['P0', 'priority: high'] })).outcome).toBe('fail');
});

it('is absent when it is not configured, or needs a version', () => {
  expect(check.absent?.(makePolicy({}))).toBe('evidence.issues is not configured');
  const runbook = makeRunbook({ evidence: { issues: { milestone: '{version}' } } });
  expect(check.absent?.(makePolicy({ runbook }))).toBe('no version was named');
});
