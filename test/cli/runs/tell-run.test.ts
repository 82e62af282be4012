import { expect, it } from 'vitest';
import { tellRun } from '../../../src/cli/runs/tell-run.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { planOf } from '../../support/run-events.ts';
import { makeCliWorld } from '../cli-world.ts';

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
