import { expect, it } from 'vitest';
import check from '../../../checks/source/ci-status.check.ts';
import type { CommitCheck } from '../../../src/services/github/port.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makePolicy, makeRunbook, onlyThese } from '../../support/policy.ts';
import { CANDIDATE, release } from '../../support/reports/evidence-doors.ts';

const scope = makePolicy({ release, runbook: makeRunbook({ evidence: { ci: {} } }) });
const probe = (all: readonly CommitCheck[], asked = scope) => {
  const commitChecks = async (commit: string) => (commit === CANDIDATE ? all : []);
  return check.probe(onlyThese({ github: { commitChecks } }), asked);
};
const passed: CommitCheck = { name: 'build', state: 'passed', word: 'success' };

it('PRE-08: a pipeline that succeeded is go, and one that failed is not', async () => {
  expect(check.judge(await probe([passed]), scope)).toEqual({ outcome: 'pass', said: '1 check succeeded' });
  const failed: CommitCheck = { name: 'e2e', state: 'failed', word: 'timed_out' };
  const open: CommitCheck = { name: 'lint', state: 'open', word: 'queued' };
  const judged = check.judge(await probe([passed, failed, open]), scope);
  expect(judged).toMatchObject({ outcome: 'fail', said: 'failed: e2e (timed_out)' });
});

it('PRE-08: one that has not ended, or never ran, is not known', async () => {
  const error = await failureOf(probe([passed, { name: 'e2e', state: 'open', word: 'in_progress' }]));
  expect(error.text.what).toBe('The pipeline does not answer for ccccccc: not decided: e2e (in_progress).');
  expect((await failureOf(probe([]))).code).toBe('E_EVIDENCE_GAP');
  const unknown = { ...scope, release: { version: 'v2.1.0', branch: 'release/v2.1.0' } };
  expect((await failureOf(probe([passed], unknown))).code).toBe('E_CANDIDATE_UNKNOWN');
});

it('is absent when it is not configured', () => {
  expect(check.absent?.(makePolicy({ release }))).toBe('evidence.ci is not configured');
});
