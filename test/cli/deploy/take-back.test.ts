import { describe, expect, it } from 'vitest';
import { answeredNo } from '../../../src/cli/ask.ts';
import type { CommandResult } from '../../../src/cli/command.ts';
import type { OnFailure } from '../../../src/cli/deploy/on-failure.ts';
import { takeBack } from '../../../src/cli/deploy/take-back.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { makeCliWorld, tagOf, type WantedWorld } from '../cli-world.ts';

const inFull = { yes: true, env: 'production', envIsTyped: true };
const BACK = 'Roll back now to v2.0.3';

const refused = new ReleaseError('E_PUSH_REFUSED', {
  what: 'The push was refused.',
  next: 'Look.',
  state: 'untouched',
});

const failed: CommandResult = {
  exitCode: 7,
  verdict: 'unsafe',
  result: { from: 'v2.0.3', to: 'v2.1.0', at: 'smoke', said: 'Smoke said no.' },
  text: 'deploy failed',
  next: ['release deploy --resume'],
  warnings: [],
  env: 'production',
  version: 'v2.1.0',
  run: 'r-past-1',
};

async function end(
  policy: OnFailure,
  over: Partial<CommandResult> = {},
  wanted: WantedWorld = {},
  git: object = {},
  ask: object = {},
) {
  const world = makeCliWorld({
    branches: { main: 'a'.repeat(40) },
    tags: [tagOf('v2.1.0'), tagOf('v2.0.3')],
    live: async () => ({ version: '2.1.0', latencyMs: 1 }),
    configured: ['git'],
    ...wanted,
  });
  Object.assign(world.wired.services.git, git);
  await world.past('deploy', ['v2.0.3', 'v2.1.0'], 'failed');
  const before = world.entriesOf('run.planned').length;
  const context = { ...world.context, ask: { ...world.context.ask, ...ask } };
  const result = await takeBack({ ...failed, ...over }, policy, context, world.wired);
  const planned = world.entriesOf('run.planned');
  const last = planned.at(-1)?.data as { request: { reason?: string; agreed?: string } };
  const { reason, agreed } = last.request;
  return { result, reason, agreed, begun: planned.length - before, stderr: world.stderr() };
}

describe('a deploy that failed half way', () => {
  it('is taken back where that was said before, and ends with 6 once the earlier version is back', async () => {
    const { result, begun, agreed, stderr } = await end('rollback', {}, { flags: inFull });
    expect(agreed).toBe('--on-failure rollback');
    expect([result.exitCode, result.verdict, begun]).toEqual([6, 'reverted', 1]);
    expect(result.text).toContain('v2.1.0 failed and was taken back');
    expect(result.text).toContain('v2.0.3');
    expect(result.result).toMatchObject({ from: 'v2.0.3', rollback: { to: 'v2.0.3' } });
    expect(stderr).toContain('confirmed by --on-failure rollback (Dana Ito');
  });

  it('F64: asks with the safe answer first, takes it back when that is chosen and typed, and keeps why', async () => {
    const terminal = { canAsk: true };
    const yes = await end('ask', {}, { terminal, answers: [BACK, 'production'] });
    expect([yes.result.exitCode, yes.begun]).toEqual([6, 1]);
    expect([yes.reason, yes.agreed]).toEqual(['v2.1.0 failed at smoke', undefined]);
    const no = await end('ask', {}, { terminal, answers: ['Stop here and decide later'] });
    expect([no.result.exitCode, no.begun, no.result.next]).toEqual([7, 0, failed.next]);
  });

  it('stays at 7 and says how it stands when the question is left with Ctrl-C, or the name is not typed', async () => {
    const terminal = { canAsk: true };
    const typo = await end('ask', {}, { terminal, answers: [BACK, 'staging'] });
    expect([typo.result, typo.begun]).toEqual([failed, 0]);
    const left = await end('ask', {}, { terminal }, {}, { choose: () => Promise.reject(answeredNo()) });
    expect([left.result, left.begun]).toEqual([failed, 0]);
  });

  it('says its words once on one screen: before the question, and then only how it stays', async () => {
    const terminal = { canAsk: true, stdoutIsTty: true };
    const stop = await end('ask', {}, { terminal, answers: ['Stop here and decide later'] });
    expect(stop.stderr.match(/deploy failed/g)).toHaveLength(1);
    expect(stop.result).toMatchObject({
      exitCode: 7,
      text: '  ✖ v2.1.0 stays half way on production, as it is told above.',
      next: failed.next,
      result: failed.result,
    });
    const broken = { push: () => Promise.reject(refused) };
    const both = await end('ask', {}, { terminal, answers: [BACK, 'production'] }, broken);
    expect(both.result.text).not.toContain('deploy failed');
  });

  it('stays at 7, with the reason, when the way back could not begin', async () => {
    const { result, begun } = await end('rollback', {}, { flags: inFull, tags: [tagOf('v2.1.0')] });
    expect([result.exitCode, result.verdict, begun]).toEqual([7, 'unsafe', 0]);
    expect(result.text).toContain('The rollback did not begin: v2.0.3 has no tag at the remote any more');
    expect(result.result).toMatchObject({ rollback: { error: { code: 'E_VERSION_UNKNOWN' } } });
  });

  it('stays at 7 when the rollback breaks on the way', async () => {
    const broken = { push: () => Promise.reject(refused) };
    const { result } = await end('rollback', {}, { flags: inFull }, broken);
    expect([result.exitCode, result.verdict]).toEqual([7, 'unsafe']);
  });

  it.each([
    ['was told to stop', 'stop', {}],
    ['failed before it touched production', 'rollback', { verdict: 'failed', exitCode: 1 }],
    ['was stopped by a person', 'rollback', { verdict: 'paused', exitCode: 130 }],
    ['is in doubt', 'rollback', { verdict: 'in-doubt' }],
    ['was taken over', 'rollback', { verdict: 'fenced', exitCode: 5 }],
    ['went well', 'rollback', { verdict: 'completed', exitCode: 0 }],
    ['has nothing to go back to', 'rollback', { result: { from: '' } }],
  ] as const)('is left as it is when it %s', async (_, policy, over) => {
    const { result, begun } = await end(policy, over as Partial<CommandResult>, { flags: inFull });
    expect([result, begun]).toEqual([{ ...failed, ...over }, 0]);
  });
});
