import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXIT_BY_CODE } from '../../../src/cli/exit-by-code.ts';
import { judgeEnding } from '../../../src/cli/runs/judge-ending.ts';
import { waysOn } from '../../../src/cli/runs/ways-on.ts';
import { type FailureCode, ReleaseError } from '../../../src/domain/failure.ts';
import type { Plan } from '../../../src/domain/plan.ts';
import type { RunResult } from '../../../src/engine/run-plan.ts';
import { makeDeployPlan, makeRollbackPlan, makeTalkativeRunbook } from '../../support/announcing.ts';

const smoke = { calls: [{ id: 'health', row: 'SMK-01', path: '/health', budget: 'health' }] };
const runbook = makeTalkativeRunbook({ smoke });
const deploy = makeDeployPlan(runbook, { pending: ['0043_a'] });
const rollback = makeRollbackPlan(runbook, { kind: 'none' });
const going = { stopping: false, exitCode: 130 } as const;

const failure = (code: FailureCode) =>
  new ReleaseError(code, { what: 'It broke.', next: 'Look.', state: 'untouched' });
const ended = (verdict: RunResult['verdict'], at?: string, code: FailureCode = 'E_BROKE'): RunResult => ({
  verdict,
  said: '',
  facts: {},
  tookMs: 1,
  ...(at === undefined ? {} : { at }),
  ...(verdict === 'failed' ? { error: failure(code) } : {}),
});

describe('the exit code of a run', () => {
  it.each([
    ['completed', deploy, 0, 'completed'],
    ['completed', rollback, 0, 'completed'],
    ['fenced', deploy, 5, 'fenced'],
    ['fenced', rollback, 5, 'fenced'],
    ['in-doubt', deploy, 7, 'in-doubt'],
    ['in-doubt', rollback, 7, 'in-doubt'],
    ['paused', deploy, 3, 'paused'],
  ] as const)('of one that is %s', (verdict, plan, exitCode, told) => {
    expect(judgeEnding(plan, ended(verdict, 'announce'), going)).toEqual({ exitCode, verdict: told });
  });

  it.each([130, 143] as const)('of one that was stopped by a signal is the signal’s: %i', (exitCode) => {
    for (const plan of [deploy, rollback])
      expect(judgeEnding(plan, ended('paused', 'backup'), { stopping: true, exitCode })).toEqual({
        exitCode,
        verdict: 'paused',
      });
  });

  // Maintenance mode is the first thing that users meet; what is before it changes nothing for them.
  const touched = deploy.entries.map(({ name }) => [name, name !== 'announce'] as const);
  it.each(touched)(
    'of a deploy that failed at %s is 7 as soon as users may meet it: %s',
    (name, isTouched) => {
      expect(judgeEnding(deploy, ended('failed', name), going)).toEqual(
        isTouched ? { exitCode: 7, verdict: 'unsafe' } : { exitCode: 1, verdict: 'failed' },
      );
    },
  );

  it('of a deploy without maintenance mode is 7 from the first migration on', () => {
    const { production } = runbook.environments;
    const open = makeTalkativeRunbook({
      environments: { production: { ...production, maintenance: undefined } },
    });
    const plan = makeDeployPlan(open, { pending: ['0043_a'] });
    const names = plan.entries.map(({ name }) => name);
    const unsafe = names.filter((name) => judgeEnding(plan, ended('failed', name), going).exitCode === 7);
    expect(unsafe).toEqual(names.slice(names.indexOf('migrate:0043_a')));
    expect(names.indexOf('backup')).toBeLessThan(names.indexOf('migrate:0043_a'));
  });

  it('of a deploy that failed before is that of the failure’s own family', () => {
    for (const [code, exitCode] of EXIT_BY_CODE)
      expect(judgeEnding(deploy, ended('failed', 'announce', code as FailureCode), going)).toEqual({
        exitCode,
        verdict: 'failed',
      });
  });

  it('of a rollback that failed is 7, wherever', () => {
    for (const { name } of rollback.entries)
      expect(judgeEnding(rollback, ended('failed', name, 'E_SECRET_MISSING'), going)).toEqual({
        exitCode: 7,
        verdict: 'unsafe',
      });
  });

  it('is 7 when nobody knows where a plan that touches users broke', () => {
    for (const at of [undefined, 'an entry of another plan'])
      expect(judgeEnding(deploy, ended('failed', at), going).exitCode).toBe(7);
  });

  it('is 0 for completed runs and for no other', () => {
    const verdict = fc.constantFrom<RunResult['verdict']>('failed', 'fenced', 'in-doubt', 'paused');
    const plan = fc.constantFrom(deploy, rollback);
    const code = fc.constantFrom<string>(...EXIT_BY_CODE.keys());
    fc.assert(
      fc.property(verdict, plan, code, fc.nat(20), (end, of, failed, n) => {
        const at = of.entries[n]?.name;
        expect(judgeEnding(of, ended(end, at, failed as FailureCode), going).exitCode).not.toBe(0);
      }),
    );
  });
});

describe('the ways on from the end of a run', () => {
  const ways = (plan: Plan, verdict: Parameters<typeof waysOn>[1]['verdict']) =>
    waysOn(plan, { exitCode: 1, verdict });

  it('of a deploy are to go on, to go back or to leave it', () => {
    for (const verdict of ['failed', 'unsafe', 'paused', 'in-doubt'] as const)
      expect(ways(deploy, verdict)).toEqual([
        'release deploy --resume --env production',
        'release rollback --to v2.0.3 --env production',
        'release deploy --abandon --env production --reason "…"',
      ]);
  });

  it('of a first deploy do not go back to nothing', () => {
    expect(ways({ ...deploy, from: '' }, 'failed').join()).not.toContain('rollback');
    expect(ways({ ...deploy, from: deploy.version }, 'completed').join()).not.toContain('rollback');
  });

  it('of a rollback are to go on, and never to give it up', () => {
    expect(ways(rollback, 'unsafe')).toEqual([
      'release rollback --resume --env production',
      'release status --env production',
    ]);
  });

  it('of a rollback whose plan meets the same again are the same rollback once more', () => {
    const first = (code: FailureCode, at: string | undefined, plan = rollback) => {
      const error = new ReleaseError(code, { what: 'It broke.', next: 'Look.', state: 'untouched' });
      return waysOn(plan, { exitCode: 7, verdict: 'unsafe' }, { error, ...(at ? { at } : {}) })[0];
    };
    const again = 'release rollback --to v2.1.0 --env production';
    const resume = 'release rollback --resume --env production';
    const last = rollback.entries.at(-1)?.name;
    expect(first('E_PLAN_STALE', 'restore-commit')).toBe(again);
    expect(first('E_PLAN_STALE', last)).toBe(again);
    expect(first('E_GIT', 'restore-commit')).toBe(again);
    // There only the push to main is left, and it waits for the remote.
    expect(first('E_GIT', last)).toBe(resume);
    expect(first('E_NEON_BUSY', 'restore-commit')).toBe(resume);
    const restoring = { ...rollback, basis: { data: 'restore' } };
    expect(first('E_GIT', 'restore-commit', restoring)).toContain('--to v2.1.0 --db restore --env');
  });

  it('of a run that was taken over are only to look', () => {
    expect(ways(deploy, 'fenced')).toEqual(['release status --env production']);
  });

  it('of a completed deploy name the way back', () => {
    expect(ways(deploy, 'completed')).toEqual([
      'release status --env production',
      'release rollback --to v2.0.3 --env production',
    ]);
    expect(ways(rollback, 'completed')).toEqual(['release status --env production']);
  });
});
