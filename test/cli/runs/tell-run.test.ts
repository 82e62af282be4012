import { expect, it } from 'vitest';
import { tellRun } from '../../../src/cli/runs/tell-run.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { planOf } from '../../support/run-events.ts';
import { makeCliWorld } from '../cli-world.ts';

it('a rollback whose plan no longer holds names no lines by hand: they would leave out what has come since', async () => {
  const world = makeCliWorld({ command: 'rollback', flags: { json: true } });
  const { entries, ...rest } = planOf(2);
  const seen = entries.map((entry) => ({ ...entry, effect: 'read' as const }));
  const plan = { ...rest, command: 'rollback' as const, entries: seen };
  const at = seen[0]?.name ?? '';
  const text = { what: 'main is at e061dce, not at 9651419 any more.', next: 'Again.', state: 'partly-done' };
  const error = new ReleaseError('E_PLAN_STALE', text as ReleaseError['text']);
  const result = { verdict: 'failed', said: text.what, at, tookMs: 1, facts: {}, error } as const;
  const told = await tellRun({ plan, run: 'r-1' }, result, world.context, world.wired);
  expect(told.text).toContain('nothing of this plan: it no longer holds');
  expect(told.result).toMatchObject({ emergency: { byHand: [] } });
  expect(told.next[0]).toBe(`release rollback --to ${plan.version} --env ${plan.env}`);
});

it('RBC-P0: the end of a run that failed says why, and what to do, before whom to call', async () => {
  const { context, wired } = makeCliWorld({ command: 'rollback' });
  const plan = { ...planOf(2), command: 'rollback' as const };
  const error = new ReleaseError('E_NEON_BUSY', {
    what: 'Neon refused to restore the branch production (HTTP 423).',
    why: 'The operation apply_config of branch br-1 is running.',
    next: 'Wait until it has finished, then resume.',
    state: 'untouched',
  });
  const result = {
    verdict: 'failed',
    said: error.text.what,
    at: 'step-1',
    tookMs: 1,
    facts: {},
    error,
  } as const;
  const { text, exitCode } = await tellRun({ plan, run: 'r-1' }, result, context, wired);
  expect(exitCode).toBe(7);
  expect(text.replace(/\s+/g, ' ')).toMatch(
    /HTTP 423\)\. The operation apply_config of branch br-1 is running\. Wait until it has finished, then resume\./,
  );
});

it('a deploy that went well says how the release becomes complete, before anything else', async () => {
  const { context, wired } = makeCliWorld({});
  const plan = planOf(2);
  const result = { verdict: 'completed', said: 'deploy of v2.1.0 completed', tookMs: 1, facts: {} } as const;
  const { next } = await tellRun({ plan, run: 'r-1' }, result, context, wired);
  expect(next.slice(0, 2)).toEqual(['release watch --env production', 'release status --env production']);
});
