import type { JsonObject } from '../../domain/json.ts';
import { type DriftIssue, makeDriftIssue } from '../../report/drift-issue.ts';
import { sayDrift } from '../../report/drift-text.ts';
import { sayWhen } from '../../report/say-when.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { lookOf } from '../look-of.ts';
import { exitOfGate } from '../preflight/exit-of.ts';
import type { Wired } from '../wired.ts';
import type { DriftRequest } from './drift-request.ts';
import type { Ticketed } from './open-drift-ticket.ts';
import type { DriftLook } from './run-drift.ts';

/** The screen of a look. */
export function sayReport(
  { report }: DriftLook,
  { terminal }: CliContext,
  { runbook, env, environment }: Wired,
): string {
  const story = {
    title: runbook.sandbox ? 'SANDBOX  release drift' : 'release drift',
    env,
    isProtected: environment.protected,
    url: environment.url,
    zone: runbook.timezone,
    report,
  };
  return sayDrift(story, lookOf({ terminal }));
}

const missingIn = ({ report }: DriftLook): readonly string[] =>
  report.changes.filter(({ required, op }) => required && op === 'removed').map(({ key }) => key);

function asResult({ report, answer }: DriftLook): JsonObject {
  const { baseline, changes, explained, by, unknown, notCompared, remarks, digest } = report;
  return {
    baseline:
      baseline === undefined
        ? null
        : {
            run: baseline.run,
            at: baseline.at,
            by: baseline.by,
            reason: baseline.reason,
            until: baseline.until ?? null,
          },
    changes: changes.map((change) => ({ ...change })),
    explained: { by: [...by], changes: explained.map((change) => ({ ...change })) },
    unknown: unknown.map(({ check, said }) => ({ check, said })),
    notCompared: [...notCompared],
    remarks: remarks.map(({ check, said }) => ({ check, said })),
    absent: answer.absent.map((one) => ({ ...one })),
    digest,
  };
}

function nextOf(look: DriftLook, env: string): string[] {
  const { unknown, call, baseline, changes } = look.report;
  const again = `release drift --env ${env}`;
  if (call === 'clean') return [];
  // Accepting cannot help where something is not known, or a required name is all that is missing.
  const isAllMissing = changes.length > 0 && missingIn(look).length === changes.length;
  if (unknown.length > 0 || (baseline !== undefined && isAllMissing)) return [again];
  return [`${again} --accept --reason "${baseline === undefined ? 'first baseline' : '…'}"`];
}

/** The ticket that was asked for; undefined when nobody asked, or nothing changed. */
export function makeTicket(
  { report, request, run }: DriftLook,
  { runbook, env, clock }: Wired,
): DriftIssue | undefined {
  if (!request.issue || report.changes.length === 0) return undefined;
  const told = { app: runbook.product, env, zone: runbook.timezone, at: clock.now().toISOString(), run };
  return makeDriftIssue(report, told);
}

function sayTicket(issue: DriftIssue | undefined, ticketed: Ticketed | undefined): string[] {
  if (issue === undefined) return [];
  if (ticketed !== undefined && ticketed.is !== 'not-opened') {
    const { is, ticket } = ticketed;
    return [
      '',
      `  Ticket    #${ticket.number} ${is === 'opened' ? 'opened' : 'is open already'}: ${ticket.url}`,
    ];
  }
  return ['', `  Ticket, ready to paste:`, '', `# ${issue.title}`, '', issue.body];
}

const asTicket = (ticketed: Ticketed | undefined): JsonObject => {
  if (ticketed === undefined) return {};
  const { is } = ticketed;
  return { ticket: is === 'not-opened' ? { is } : { is, ...ticketed.ticket } };
};

/** What was found, as a result. */
export function tellDrift(
  look: DriftLook,
  warnings: readonly string[],
  context: CliContext,
  wired: Wired,
  ticketed?: Ticketed,
): CommandResult {
  const gone = missingIn(look);
  const putBack =
    gone.length > 0 ? ['', `  Put back  ${gone.join(', ')} in ${wired.env}, and publish again`] : [];
  return {
    exitCode: exitOfGate(look.report.call === 'clean', look.answer, context),
    verdict: context.stop.stopping ? 'unknown' : look.report.call,
    result: { ...asResult(look), ...asTicket(ticketed) },
    text: [sayReport(look, context, wired), ...putBack, ...sayTicket(makeTicket(look, wired), ticketed)].join(
      '\n',
    ),
    next: nextOf(look, wired.env),
    warnings: [...warnings],
    env: wired.env,
    run: look.run,
    sandbox: wired.runbook.sandbox,
  };
}

/** What was accepted. A required name that is missing stays a finding: no acceptance makes it whole. */
export function tellAccepted(
  look: DriftLook,
  { reason, until }: NonNullable<DriftRequest['accept']>,
  warnings: readonly string[],
  { env, runbook }: Wired,
): CommandResult {
  const gone = missingIn(look);
  const lapse = until === undefined ? '' : ` until ${sayWhen(until, runbook.timezone)}`;
  const still =
    gone.length > 0 ? [`${gone.join(', ')} is required and stays reported until it is back.`] : [];
  return {
    exitCode: gone.length > 0 ? EXIT.no : EXIT.ok,
    verdict: gone.length > 0 ? 'drifted' : 'clean',
    result: { ...asResult(look), accepted: { run: look.run, reason, until: until ?? null } },
    text: `  Accepted as the baseline of ${env}${lapse}: ${reason} (${look.run})`,
    next: gone.length > 0 ? [`release drift --env ${env}`] : [],
    warnings: [...warnings, ...still],
    env,
    run: look.run,
    sandbox: runbook.sandbox,
  };
}
