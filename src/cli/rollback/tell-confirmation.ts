import type { JsonObject } from '../../domain/json.ts';
import type { NotVerified, Verified } from '../../domain/judge-verified.ts';
import type { Confirmation } from '../../domain/watch/judge-confirmation.ts';
import { sayConfirmation, sayVerified } from '../../report/confirmation-text.ts';
import { sayCall } from '../../report/emergency-text.ts';
import { listCalls } from '../../report/list-calls.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { lookOf } from '../look-of.ts';
import type { Wired } from '../wired.ts';

/** What a confirmation came to, and the words of the watch behind it; none where nobody watched. */
export interface Confirmed {
  readonly confirmation: Confirmation;
  readonly told?: CommandResult;
}

/** Why nothing can be watched here; undefined: it can. */
export function whyNotWatched({ runbook, configured }: Wired): string | undefined {
  if (Object.keys(runbook.measurements).length === 0) return 'nothing is configured to be measured';
  if (Object.keys(runbook.rules).length === 0) return 'no rule says what is good';
  return configured.has('host') ? undefined : 'no host is configured, so that nobody sees what is live';
}

/** The line that watches the version for as long as it takes to confirm it. */
export const watchLine = (version: string, { runbook, env }: Pick<Wired, 'runbook' | 'env'>): string =>
  `release watch ${version} --for ${runbook.monitoring.confirmMinutes}m --env ${env}`;

/** What the end of the run said of itself. */
const verifiedOf = ({ result }: CommandResult): Verified => ({
  shown: (result.verifiedParts ?? []) as readonly string[],
  missing: (result.notVerified ?? []) as unknown as readonly NotVerified[],
});

function sayAll(
  ended: CommandResult,
  { confirmation, told }: Confirmed,
  { terminal, clock, flags }: CliContext,
  { runbook, env }: Wired,
): string {
  const look = lookOf({ terminal });
  const isPrivate = terminal.stdoutIsTty && !flags.json && flags.out.length === 0;
  const call = listCalls(runbook, env, clock.now(), isPrivate);
  return [
    ended.text,
    sayVerified(verifiedOf(ended), look),
    ...(told === undefined ? [sayConfirmation(confirmation, look)] : ['', told.text]),
    ...(confirmation.outcome === 'refuted' ? sayCall({ call }) : []),
  ].join('\n');
}

function nextOf(
  version: string,
  { confirmation, told }: Confirmed,
  { next }: CommandResult,
  wired: Wired,
): readonly string[] {
  if (confirmation.outcome === 'confirmed') return next;
  if (confirmation.outcome === 'refuted') return [...(told?.next ?? []), ...next];
  return whyNotWatched(wired) === undefined ? [watchLine(version, wired), ...next] : next;
}

/** The end of a rollback that went through, with what is verified and what real traffic has said; exit code as it was. */
export function tellConfirmation(
  ended: CommandResult,
  confirmed: Confirmed,
  context: CliContext,
  wired: Wired,
): CommandResult {
  const { confirmation, told } = confirmed;
  return {
    ...ended,
    result: {
      ...ended.result,
      confirmation: { ...confirmation },
      watch: told === undefined ? null : (told.result as JsonObject),
    },
    text: sayAll(ended, confirmed, context, wired),
    next: nextOf(ended.version ?? '', confirmed, ended, wired),
    warnings: [...ended.warnings, ...(told?.warnings ?? [])],
  };
}

/** The same where nobody stays to watch. */
export const leaveUnconfirmed = (ended: CommandResult, context: CliContext, wired: Wired): CommandResult =>
  ended.verdict !== 'completed' || ended.version === undefined
    ? ended
    : tellConfirmation(
        ended,
        {
          confirmation: {
            outcome: 'left',
            said: whyNotWatched(wired) ?? 'nobody has watched real traffic',
          },
        },
        context,
        wired,
      );
