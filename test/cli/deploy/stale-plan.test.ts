import { describe, expect, it } from 'vitest';
import { runDeploy } from '../../../src/cli/deploy/run-deploy.ts';
import { exitCodeOf } from '../../../src/cli/exit-by-code.ts';
import { parseWords } from '../../../src/cli/program.ts';
import { defineCheck } from '../../../src/kit.ts';
import { answering } from '../../support/test-wired.ts';
import { endOf, makeCliWorld, tagOf, type WantedWorld } from '../cli-world.ts';

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

describe('release deploy --plan-id', () => {
  const prepared = {
    branches: { main: 'a'.repeat(40), 'release/v2.1.0': 'b'.repeat(40) },
    tags: [tagOf('v2.0.3')],
    checks: [answering('app.health', 'pass')],
  };
  const deploy = (words: readonly string[], over: WantedWorld) => {
    const world = makeCliWorld({ ...prepared, ...over });
    const { args, options } = parseWords(['deploy', 'v2.1.0', ...words], {});
    return endOf(runDeploy(args, options, world.context, world.wired)).then((ended) => ({
      ...world,
      ...ended,
    }));
  };

  it('PRE-24: a plan of the deployment is made and named, and a deploy that is given the name begins that one', async () => {
    const { result } = await deploy([], { flags: { plan: true } });
    const id = String(result?.result.plan);
    expect(result?.text).toContain(`plan       ${id}`);
    expect(result?.next).toEqual([`release deploy v2.1.0 --plan-id ${id} --env production`]);
    const { entriesOf } = await deploy(['--plan-id', id], { flags: inFull });
    expect(entriesOf('run.planned')).toHaveLength(1);
  });

  it('PRE-24: refuses with 3 once main has moved since the plan was made, and begins nothing', async () => {
    const { result } = await deploy([], { flags: { plan: true } });
    const branches = { ...prepared.branches, main: 'd'.repeat(40) };
    const words = ['--plan-id', String(result?.result.plan)];
    const { code, next, entriesOf } = await deploy(words, { flags: inFull, branches });
    expect({ code, exit: exitCodeOf(code ?? ''), next }).toEqual({
      code: 'E_PLAN_STALE',
      exit: 3,
      next: 'Look again: release deploy v2.1.0 --plan',
    });
    expect(entriesOf('run.planned')).toEqual([]);
  });
});
