import { carriesCandidates } from '../../config/carries-candidates.ts';
import { sayDuration } from '../../domain/duration.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Plan } from '../../domain/plan.ts';
import type { RunResult } from '../../engine/run-plan.ts';
import { foldRun, type RunState } from '../../ledger/fold.ts';
import { lookAt } from '../../ledger/look-at.ts';
import { sayCall, sayEmergency } from '../../report/emergency-text.ts';
import { errorAsJson } from '../../report/errors.ts';
import { listCalls } from '../../report/list-calls.ts';
import { sayRun } from '../../report/verdict-run.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { errorInSamePlace, inSamePlace } from '../in-same-place.ts';
import { lookOf } from '../look-of.ts';
import { isBackMerge } from '../prepare/is-back-merge.ts';
import type { Wired } from '../wired.ts';
import { type Ending, judgeEnding } from './judge-ending.ts';
import { listEntries } from './list-entries.ts';
import { readEmergency } from './read-emergency.ts';
import { clockAsJson, clockOf, isOverdue, sayBudget } from './say-budget.ts';
import { sayFacts } from './say-facts.ts';
import { sayRestored } from './say-restored.ts';
import { sayUnsent } from './say-unsent.ts';
import { verifiedAsJson } from './verified-as-json.ts';
import { stepOn, waysOn } from './ways-on.ts';

/** True when a look before the first effect found another world than the one that was planned for. */
const isOutdated = ({ entries }: Plan, { at, error }: RunResult): boolean => {
  const entry = entries.find(({ name }) => name === at);
  return error?.code === 'E_PLAN_STALE' && entry?.kind === 'step' && entry.effect === 'read';
};

/** What a person needs who has to go on by hand; undefined while the program can. */
function findEmergency(
  plan: Plan,
  [state, result]: readonly [state: RunState | undefined, result: RunResult],
  { exitCode }: Ending,
  { terminal, flags }: CliContext,
  { runbook, root, clock }: Wired,
) {
  if (exitCode !== EXIT.unsafe) return undefined;
  const shown = { isPrivate: isForEyes({ terminal, flags }), isOutdated: isOutdated(plan, result) };
  return readEmergency(plan, state, { runbook, root, now: clock.now(), ...shown });
}

/** A file may be attached to anything. */
const isForEyes = ({ terminal, flags }: Pick<CliContext, 'terminal' | 'flags'>): boolean =>
  terminal.stdoutIsTty && !flags.json && flags.out.length === 0;

/** Whom to tell that a rollback takes too long (RBC-P0). */
const sayWhom = (env: string, context: CliContext, { runbook, clock }: Wired): readonly string[] =>
  sayCall({ call: listCalls(runbook, env, clock.now(), isForEyes(context)) });

/** Lines below the ending, what to do first; nothing that no step has recorded. */
function listFacts(result: RunResult, state: RunState | undefined, budget: readonly string[]): string[] {
  const { why, next } = result.error?.text ?? {};
  const remedy = [why, next].filter((line) => line !== undefined && line !== '') as string[];
  const restored = state ? sayRestored(state.plan, result.facts) : [];
  const facts = sayFacts(result.facts, { isTakenOver: result.verdict === 'fenced' });
  return [...remedy, ...budget, ...facts, ...restored];
}

const asJson = (plan: Plan, result: RunResult, state: RunState | undefined): JsonObject => ({
  from: plan.from,
  to: plan.version,
  plan: plan.digest,
  took: sayDuration(result.tookMs),
  at: result.at ?? null,
  said: result.said,
  error: result.error ? errorAsJson(result.error) : null,
  steps: listEntries(plan, state),
  facts: { ...result.facts },
  ...verifiedAsJson(plan, result),
});

/** Users have the earlier version again, proven, and only the push to main, which comes last where the remote was away, is left. */
const isBack = ({ command, entries }: Plan, { at, facts }: RunResult): boolean =>
  command === 'rollback' &&
  at === 'restore-commit' &&
  entries.at(-1)?.name === at &&
  facts['prove-live'] !== undefined;

/** Nobody's release is complete before it was watched: that line comes first, where users have the version. */
const watchOf = ({ command, env }: Plan, { verdict }: Ending, { runbook }: Wired): readonly string[] =>
  command === 'deploy' && verdict === 'completed' && !carriesCandidates(runbook, env)
    ? [`release watch --env ${env}`]
    : [];

/** What it ended in, with the commands that its words name meant for where it ran. */
const placed = (result: RunResult, context: CliContext): RunResult =>
  result.error ? { ...result, error: errorInSamePlace(result.error, context) } : result;

/** The end of a run for people and machines. */
export async function tellRun(
  { plan, run }: { readonly plan: Plan; readonly run: string },
  ended: RunResult,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const result = placed(ended, context);
  const ending = judgeEnding(plan, result, context.stop);
  const { terminal } = context;
  // The last word must not depend on a remote that may have gone meanwhile.
  const { events } = await lookAt(wired.ledger, wired.scope);
  const state = foldRun(events, run);
  const { command, env, version } = plan;
  const told = { command, env, version, verdict: ending.verdict, said: result.said, tookMs: result.tookMs };
  const now = wired.clock.now();
  const clock = clockOf(state, wired.runbook.severities);
  const facts = listFacts(result, state, sayBudget(clock, now)).map((line) => inSamePlace(line, context));
  const story = { ...told, isBack: isBack(plan, result), isBackMerge: isBackMerge(plan), facts };
  const look = lookOf({ terminal });
  const emergency = findEmergency(plan, [state, result], ending, context, wired);
  const help = emergency && { emergency: { call: emergency.call, byHand: emergency.byHand } };
  return {
    exitCode: ending.exitCode,
    verdict: ending.verdict,
    result: { ...asJson(plan, result, state), clock: clockAsJson(clock, now), ...help },
    text: [
      sayRun(story, look),
      ...(emergency
        ? [sayEmergency(emergency, look)]
        : isOverdue(clock, now)
          ? sayWhom(env, context, wired)
          : []),
    ].join('\n'),
    next:
      ending.verdict === 'reached'
        ? stepOn(plan, run, result.at)
        : [...watchOf(plan, ending, wired), ...waysOn(plan, ending, result)],
    warnings: state ? sayUnsent(events, state, env) : [],
    env,
    version,
    run,
    sandbox: wired.runbook.sandbox,
  };
}
