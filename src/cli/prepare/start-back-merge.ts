import { ReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import { parseReleaseVersion } from '../../domain/version.ts';
import { makeRunId } from '../../engine/run-id.ts';
import { planBackMerge } from '../../plans/plan-back-merge.ts';
import { writeBackMerge } from '../../report/back-merge-text.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import { confirmLight } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import { checkBusy } from '../deploy/check-busy.ts';
import { EXIT } from '../exit.ts';
import { readLockChoice } from '../runs/lock-choice.ts';
import type { Wired } from '../wired.ts';
import { inOwnScope } from './own-scope.ts';
import { pushPlanned } from './push-planned.ts';
import { type BackMerge, readBackMerge } from './read-back-merge.ts';

const isAnother = (typed: string, version: string, main: string): ReleaseError =>
  new ReleaseError('E_FLAG_REFUSED', {
    what: `${main} holds ${version}, and ${typed} was named.`,
    next: `Leave the version out, or name that one: release prepare ${version} --back-merge`,
    state: 'untouched',
  });

const describe = ({ version, main, tip, commit, lacked, files, warnings }: BackMerge): JsonObject => ({
  version,
  main,
  develop: tip,
  alreadyMerged: commit === undefined,
  sha: commit ?? null,
  commits: lacked.map(({ sha, subject }) => ({ sha, subject })),
  files: [...files],
  warnings: [...warnings],
});

/** Nothing was pushed: there was nothing to do, or only the plan was asked for. */
const shown = (
  merge: BackMerge,
  { runbook }: Wired,
  ending: Pick<CommandResult, 'text' | 'next'> & { readonly verdict: 'completed' | 'go' },
): CommandResult => ({
  exitCode: EXIT.ok,
  result: describe(merge),
  warnings: [],
  version: merge.version,
  sandbox: runbook.sandbox,
  ...ending,
});

function refuseOther(typed: string | undefined, merge: BackMerge, main: string): void {
  if (typed !== undefined && parseReleaseVersion(typed) !== merge.version)
    throw isAnother(typed, merge.version, main);
}

/** Main back into develop after a release: what it would bring, the question, then one push. */
export async function startBackMerge(
  typed: string | undefined,
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const lock = readLockChoice(options);
  const own = inOwnScope(wired);
  const lastRun = await checkBusy(own, lock, context);
  const merge = await readBackMerge(wired);
  const { version, commit, main, tip, at } = merge;
  const { source } = wired.runbook;
  refuseOther(typed, merge, source.main);
  if (commit === undefined) {
    const text = `  ✔ ${source.develop} holds ${source.main} with ${version} already. Nothing to do.`;
    return shown(merge, wired, { verdict: 'completed', text, next: [] });
  }
  const text = writeBackMerge({
    ...merge,
    source,
    sandbox: wired.runbook.sandbox,
    service: wired.runbook.product,
  });
  if (context.flags.plan)
    return shown(merge, wired, { verdict: 'go', text, next: ['release prepare --back-merge'] });
  context.out.note(`${text}\n`);
  await confirmLight(context, `Push ${source.develop}?`);
  const facts = { version, main, tip, commit, at, configDigest: wired.digest };
  const ended = await pushPlanned(context, own, {
    plan: planBackMerge(facts, wired.runbook, wired.env),
    run: makeRunId(wired.clock, context.random),
    ...{ lock, lastRun, reason: `merges ${source.main} back after ${version}` },
    request: { version, by: 'command line', backMerge: true },
  });
  return { ...ended, result: { ...ended.result, ...describe(merge) } };
}
