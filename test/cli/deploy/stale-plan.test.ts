import { expect, it } from 'vitest';
import { runDeploy } from '../../../src/cli/deploy/run-deploy.ts';
import { parseWords } from '../../../src/cli/program.ts';
import { defineCheck } from '../../../src/kit.ts';
import { makeCliWorld, tagOf } from '../cli-world.ts';

const inFull = { yes: true, env: 'production', envIsTyped: true };

it('F33: a run that came and went while the gate was asked makes the plan stale; nothing is begun', async () => {
  const { args, options } = parseWords(['deploy', 'v2.1.0'], {});
  let meanwhile = async (): Promise<unknown> => undefined;
  const slow = defineCheck({
    id: 'app.slow',
    title: 'Takes its time',
    runbook: 'HOP-01',
    gates: ['preflight'],
    needs: [],
    probe: () => meanwhile(),
    judge: () => ({ outcome: 'pass', said: 'ok' }),
  });
  const world = makeCliWorld({
    branches: { main: 'a'.repeat(40), 'release/v2.1.0': 'b'.repeat(40) },
    tags: [tagOf('v2.0.3')],
    flags: inFull,
    checks: [slow],
  });
  meanwhile = () => world.past('deploy', ['v2.0.3', 'v2.0.4']);
  await expect(runDeploy(args, options, world.context, world.wired)).rejects.toMatchObject({
    code: 'E_PLAN_STALE',
  });
  expect(world.entriesOf('run.planned')).toHaveLength(1);
  expect(await world.ledger.holder('rur2/production')).toBeUndefined();
});
