import { describe, expect, it } from 'vitest';
import { runPreflight } from '../../../src/cli/preflight/run-preflight.ts';
import { answering } from '../../support/test-wired.ts';
import { makeApprovalWorld, makeMachines, RUNBOOK, type WantedApproval } from '../approve/approve-world.ts';

const machineOf = makeMachines();
const [pat, robin, sam] = [machineOf('pat'), machineOf('robin'), machineOf('sam')];

function makeWorld(wanted: WantedApproval = {}) {
  const world = makeApprovalWorld({ checks: [answering('tests.e2e', 'pass', '98.2 %')], ...wanted });
  const next = async () => (await runPreflight(['v2.1.0'], {}, world.context, world.wired)).next;
  return { ...world, next };
}

describe('what a preflight says to type next', () => {
  it('DP-1a: the sign-offs, as long as a deploy would be refused for want of them', async () => {
    const { next, approve } = makeWorld();
    expect(await next()).toEqual(['release approve v2.1.0 --point 1 --env production']);
    await approve(pat);
    await approve(robin, { as: 'engineering-lead' });
    expect(await next()).toEqual(['release approve v2.1.0 --point 1 --env production']);
    await approve(sam);
    expect(await next()).toEqual(['release deploy v2.1.0 --plan']);
  });

  it('DP-1a: the deploy, where nobody is waited for', async () => {
    const { decisions } = RUNBOOK;
    const over = { decisions: { ...decisions, 1: { ...decisions[1], required: false } } };
    expect(await makeWorld({ over }).next()).toEqual(['release deploy v2.1.0 --plan']);
  });
});
