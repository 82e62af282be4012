import { isReleaseError, type ReleaseError } from '../../domain/failure.ts';
import { errorAsJson } from '../../report/errors.ts';
import { sayRun } from '../../report/verdict-run.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { errorInSamePlace } from '../in-same-place.ts';
import { lookOf } from '../look-of.ts';
import { startRollback } from '../rollback/start-rollback.ts';
import type { Wired } from '../wired.ts';
import type { OnFailure } from './on-failure.ts';

/** The version to go back to after this ending; undefined when there is nothing to take back, or nobody may. */
function findWayBack({ verdict, result, run }: CommandResult, { stop }: CliContext): string | undefined {
  const isHalfWay = verdict === 'unsafe' && run !== undefined && !stop.stopping;
  return isHalfWay && typeof result.from === 'string' && result.from !== '' ? result.from : undefined;
}

async function isWanted(policy: OnFailure, to: string, ended: CommandResult, context: CliContext) {
  if (policy !== 'ask') return policy === 'rollback';
  context.out.note(`${ended.text}\n`);
  const chosen = await context.ask.choose({
    question: `${ended.version} is half way on ${ended.env}. What now?`,
    flag: '--on-failure stop',
    choices: [`Roll back now to ${to}`, 'Stop here and decide later'],
  });
  return chosen === 0;
}

/** Both ends in one: 6 when the earlier version is back and proven, otherwise what the rollback ended with. */
function tellBoth(ended: CommandResult, back: CommandResult, { terminal }: CliContext): CommandResult {
  const isBack = back.exitCode === EXIT.ok;
  const story = {
    command: 'deploy',
    env: String(ended.env),
    version: String(ended.version),
    verdict: 'reverted',
    said: String(ended.result.said ?? ''),
    tookMs: 0,
    nothingToDo: false,
    facts: [],
  } as const;
  const look = lookOf({ terminal });
  const head = isBack ? sayRun(story, look) : ended.text;
  return {
    ...ended,
    exitCode: isBack ? EXIT.reverted : back.exitCode,
    verdict: isBack ? 'reverted' : 'unsafe',
    result: { ...ended.result, rollback: back.result },
    text: `${head}\n\n${back.text}`,
    next: back.next,
    warnings: [...ended.warnings, ...back.warnings],
  };
}

/** The words of the failed deploy stood above the question; on the same screen they are not said again. */
const withoutWords = (ended: CommandResult, { terminal }: CliContext): CommandResult =>
  terminal.stdoutIsTty
    ? { ...ended, text: `  ✖ ${ended.version} stays half way on ${ended.env}, as it is told above.` }
    : ended;

/** Production is as the deploy left it: whatever kept the way back from beginning, a person is needed. */
const tellUnbegun = (ended: CommandResult, error: ReleaseError): CommandResult => ({
  ...ended,
  result: { ...ended.result, rollback: { error: errorAsJson(error) } },
  text: `${ended.text}\n\n  ✖ The rollback did not begin: ${error.text.what}\n    ${error.text.next}`,
});

/**
 * Takes a deploy back that failed after it had touched production, when that was asked for or is chosen now (ux 2.11).
 * Anything else is handed on as it ended: what failed before has changed nothing, and what is in doubt is for a person.
 */
export async function takeBack(
  ended: CommandResult,
  policy: OnFailure,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const to = findWayBack(ended, context);
  if (to === undefined) return ended;
  const reason = `${ended.version} failed at ${String(ended.result.at)}`;
  const agreed = policy === 'rollback' ? '--on-failure rollback' : undefined;
  const cause = agreed === undefined ? {} : { agreed };
  const told = policy === 'ask' ? withoutWords(ended, context) : ended;
  try {
    if (!(await isWanted(policy, to, ended, context))) return told;
    const back = await startRollback({ to, reason, severity: 'P0' }, context, wired, cause);
    return tellBoth(told, back, context);
  } catch (error) {
    // "Nothing was done" would be untrue: Ctrl-C at the question leaves production half way, as the deploy ended.
    if (isReleaseError(error, 'E_ANSWERED_NO')) return told;
    if (isReleaseError(error)) return tellUnbegun(told, errorInSamePlace(error, context));
    throw error;
  }
}
