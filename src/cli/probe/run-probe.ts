import { join } from 'node:path';
import type { JsonObject } from '../../domain/json.ts';
import { makeRunId } from '../../engine/run-id.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import { confirmLight } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { lookOf } from '../look-of.ts';
import type { Wired } from '../wired.ts';
import type { ProbeFinding } from './probe-finding.ts';
import { probeGit } from './probe-git.ts';
import { probeNeon } from './probe-neon.ts';
import { probeSlack } from './probe-slack.ts';
import { sayProbe } from './say-probe.ts';

const FILE = 'runbook.probe.json';

/** What the probe will do, for whoever has to agree to it. */
const listWork = ({ configured, environment }: Wired, maySend: boolean): readonly string[] => [
  ...(environment.ledger.store === 'git' ? ['push scratch refs to the remote, and delete them'] : []),
  ...(configured.has('neon') ? ['make a Neon branch without a compute, and delete it'] : []),
  ...(configured.has('slack')
    ? [
        maySend
          ? 'post one message into every Slack channel; it stays there'
          : 'ask Slack about its channels; no message is sent',
      ]
    : []),
];

async function ask(wired: Wired, run: string, maySend: boolean): Promise<readonly ProbeFinding[]> {
  const { configured, environment } = wired;
  const [git, neon, slack] = await Promise.all([
    environment.ledger.store === 'git' ? probeGit(wired) : [],
    configured.has('neon') ? probeNeon(wired, run.slice(-4)) : [],
    configured.has('slack') ? probeSlack(wired, run, maySend) : [],
  ]);
  return [...git, ...neon, ...slack];
}

type Call = 'go' | 'hold' | 'no-go';

function judge(findings: readonly ProbeFinding[]): Call {
  if (findings.some(({ outcome }) => outcome === 'fail')) return 'no-go';
  return findings.some(({ outcome }) => outcome === 'unknown') ? 'hold' : 'go';
}

const asJson = (findings: readonly ProbeFinding[]): JsonObject[] => findings.map((one) => ({ ...one }));

/** Kept beside the configuration and meant to be committed: it is about the host, not about this machine. */
function store(
  findings: readonly ProbeFinding[],
  { out, tool }: CliContext,
  { root, env, clock }: Wired,
): void {
  const kept = {
    schema: 'release.probe/1',
    tool,
    env,
    at: clock.now().toISOString(),
    findings: asJson(findings),
  };
  out.file(join(root, FILE), `${JSON.stringify(kept, null, 2)}\n`);
}

/**
 * `release init --probe`: what the git host, Neon and Slack of the configuration really accept, tried out and cleaned up.
 * The answer is kept in runbook.probe.json beside the configuration.
 */
export async function runProbe(
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const { env, runbook, clock } = wired;
  const maySend = options.send === true;
  const work = listWork(wired, maySend);
  const about = { env, sandbox: runbook.sandbox, warnings: [] };
  const listed = work.map((line) => `  - ${line}`);
  if (context.flags.plan || work.length === 0) {
    const text = work.length === 0 ? '  Nothing is configured that could be probed.' : listed.join('\n');
    return { ...about, exitCode: EXIT.ok, result: { would: [...work] }, text, next: [] };
  }
  for (const line of ['The probe will', ...listed]) context.out.note(line);
  await confirmLight(context, 'Go on?');
  const findings = await ask(wired, makeRunId(clock, context.random), maySend);
  store(findings, context, wired);
  const verdict = judge(findings);
  const look = lookOf(context);
  return {
    ...about,
    exitCode: verdict === 'go' ? EXIT.ok : EXIT.no,
    verdict,
    result: { findings: asJson(findings), file: FILE },
    text: [
      ...sayProbe(findings, look),
      '',
      `  kept in ${FILE}, to be committed beside the configuration`,
    ].join('\n'),
    next: verdict === 'go' ? [`release preflight --env ${env}`] : [],
  };
}
