import { describe, expect, it } from 'vitest';
import check from '../../../checks/source/configuration.check.ts';
import { hashConfig } from '../../../src/kit.ts';
import { makePolicy, makeRunbook, onlyThese } from '../../support/policy.ts';

const OURS = 'service: rur2\nproduct: RuR2\n';
const OTHER = 'service: rur2\nproduct: RuR2\nx-host: evil.example\n';
const main = 'a'.repeat(40);
const commit = 'b'.repeat(40);
const release = { version: 'v2.1.0', branch: 'release/v2.1.0', commit };
const policy = makePolicy({ release, config: { path: 'ops/runbook.config.yaml', digest: hashConfig(OURS) } });

async function ask(files: Readonly<Record<string, string | undefined>>, over = policy) {
  const services = onlyThese({
    git: {
      branchTip: async (branch) => (branch === 'main' ? main : undefined),
      readFile: async (at, path) => (path === 'ops/runbook.config.yaml' ? files[at] : undefined),
    },
  });
  return check.judge(await check.probe(services, over), over);
}

describe('the configuration of a protected environment', () => {
  it.each([
    ['the protected branch’s', { [main]: OURS, [commit]: OTHER }, 'pass', 'is that of main'],
    ['the release’s, which brings it along', { [main]: OTHER, [commit]: OURS }, 'pass', 'is that of v2.1.0'],
    ['with other ends of lines', { [main]: OURS.replaceAll('\n', '\r\n') }, 'pass', 'is that of main'],
    [
      'changed here alone',
      { [main]: OTHER, [commit]: OTHER },
      'fail',
      'neither that of main nor that of v2.1.0',
    ],
    ['only known here', {}, 'warn', 'main holds no ops/runbook.config.yaml'],
  ])('T19: is judged when it is %s', async (_, files, outcome, said) => {
    const judged = await ask(files);
    expect(judged).toMatchObject({ outcome, evidence: { digest: hashConfig(OURS) } });
    expect(judged.said).toContain(said);
  });

  it('T19: without a release is the protected branch’s alone', async () => {
    const { release: _, ...alone } = policy;
    expect((await ask({ [main]: OTHER, [commit]: OURS }, alone)).outcome).toBe('fail');
  });

  it('does not concern a sandbox, an environment without protection, or a file outside of any repository', () => {
    const { config: _, ...outside } = policy;
    const sandbox = { ...policy, runbook: makeRunbook({ sandbox: true }) };
    const staging = { ...policy, env: 'staging', environment: { ...policy.environment, protected: false } };
    expect([policy, outside, sandbox, staging].map((one) => check.absent?.(one))).toEqual([
      undefined,
      'the configuration lies in no repository',
      'a sandbox writes its own configuration',
      'staging is not protected',
    ]);
  });
});
