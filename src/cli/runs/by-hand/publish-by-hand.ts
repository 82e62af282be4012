import type { HostTarget } from '../../../config/schema/index.ts';
import type { PlannedStep } from '../../../domain/plan.ts';
import { fill, withV } from '../../../services/host/fill.ts';
import { type ByHand, inputOf, quote, type Stopped } from './by-hand.ts';
import { gitOf } from './code-by-hand.ts';

interface Wanted {
  readonly version: string;
  /** Empty while no restore commit is known. */
  readonly commit: string;
}

function wantedOf(entry: PlannedStep, { state }: Stopped): Wanted {
  const { version, commit, commitOf } = inputOf(entry);
  const made = state.facts[String(commitOf)]?.commit;
  return { version: withV(String(version)), commit: String(commit || (made ?? '')) };
}

/** The commit, or what a shell finds it with: by then it lies on main. */
function sayCommit({ commit }: Wanted, stopped: Stopped): string {
  if (commit !== '') return quote(commit);
  const { git, remote } = gitOf(stopped);
  return `"$(${git} ls-remote ${remote} ${quote(`refs/heads/${stopped.runbook.source.main}`)} | cut -f1)"`;
}

const commandLine = (publish: string, wanted: Wanted, stopped: Stopped): string => {
  const { root, plan } = stopped;
  const told = `RELEASE_VERSION=${quote(wanted.version)} RELEASE_COMMIT=${sayCommit(wanted, stopped)} RELEASE_ENV=${quote(plan.env)} RELEASE_MARKER=by-hand`;
  return `cd ${quote(root)} && export ${told} && ${publish}`;
};

function workflowLine(
  { workflow, inputs }: Extract<HostTarget, { strategy: 'github-workflow' }>,
  wanted: Wanted,
  { runbook, environment }: Stopped,
): string {
  const ref = fill(environment.branch ?? runbook.source.main, wanted);
  const repository = runbook.services.github?.repository ?? '';
  const fields = Object.entries(inputs).map(([name, text]) => `-f ${quote(`${name}=${fill(text, wanted)}`)}`);
  return [`gh workflow run ${quote(workflow)} -R ${quote(repository)} --ref ${quote(ref)}`, ...fields].join(
    ' ',
  );
}

function lineOf(host: HostTarget, wanted: Wanted, stopped: Stopped): string {
  if (host.strategy === 'command') return commandLine(host.publish, wanted, stopped);
  if (host.strategy === 'github-workflow') return workflowLine(host, wanted, stopped);
  if (host.strategy === 'manual') return host.instructions.map((text) => fill(text, wanted)).join(' · ');
  const build = wanted.commit === '' ? wanted.version : `${wanted.version} (${wanted.commit})`;
  return `publish ${build} in the host's own console`;
}

/** The earlier version by the host's own means, and how anybody sees that it answers. */
export function publishByHand(entry: PlannedStep, stopped: Stopped): readonly ByHand[] {
  const { environment } = stopped;
  const { host } = environment;
  if (host === undefined) return [];
  const wanted = wantedOf(entry, stopped);
  const health = new URL(host.proof.path, environment.url).href;
  return [
    { says: `publish ${wanted.version}`, line: lineOf(host, wanted, stopped) },
    { says: `see that it is ${wanted.version} that answers`, line: `curl -gsS ${quote(health)}` },
  ];
}
