import type { ChecksAnswer } from '../../engine/run-checks.ts';
import { makeRunId } from '../../engine/run-id.ts';
import { type DriftReport, makeDriftReport } from '../../kit/drift/make-drift-report.ts';
import type { DriftRecord } from '../../ledger/fold-drift.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { planChecks } from '../preflight/list-checks.ts';
import { sayMissingSecrets } from '../say-missing-secrets.ts';
import type { Wired } from '../wired.ts';
import { acceptDrift } from './accept-drift.ts';
import { askDrift } from './ask-drift.ts';
import { type DriftRequest, readDriftRequest } from './drift-request.ts';
import { findDriftRecord } from './find-drift-record.ts';
import { notifyDrift } from './notify-drift.ts';
import { openDriftTicket } from './open-drift-ticket.ts';
import { checkedEvent, noteOrWarn } from './record-drift.ts';
import { makeTicket, sayReport, tellAccepted, tellDrift } from './tell-drift.ts';

/** One look at the set-up, with everything that telling it needs. */
export interface DriftLook {
  readonly run: string;
  readonly report: DriftReport;
  readonly answer: ChecksAnswer;
  readonly request: DriftRequest;
}

/**
 * Compares the set-up with what was accepted; with --accept, makes it the baseline. Changes nothing outside but what
 * --notify and --issue ask for: a message, a ticket.
 */
export async function runDrift(
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const { clock, runbook, ledger, scope, checks } = wired;
  const request = readDriftRequest(options, runbook.timezone, clock.now());
  const record = findDriftRecord(await ledger.read(scope), clock.now(), request.since);
  const ofGate = checks.filter((check) => check.gates.includes('drift'));
  if (context.flags.plan) return planChecks('drift', ofGate, wired);
  for (const line of sayMissingSecrets(wired.missing, ofGate)) context.out.note(line);
  const answer = await askDrift(record, context, wired);
  const look = {
    run: makeRunId(clock, context.random),
    report: makeDriftReport(answer, record),
    answer,
    request,
  };
  return finish(look, record, context, wired);
}

/** A first look in a terminal may become the baseline at once; a script has to say so. */
const wantsBaseline = ({ report, request }: DriftLook, { terminal, flags }: CliContext): boolean =>
  request.accept === undefined &&
  report.baseline === undefined &&
  report.unknown.length === 0 &&
  terminal.canAsk &&
  !flags.json;

async function finish(
  look: DriftLook,
  record: DriftRecord,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const { run, report, request } = look;
  // Cut off, or compared with another baseline than the one that counts: that is no finding for the record.
  if (context.stop.stopping || request.since !== undefined) return tellDrift(look, [], context, wired);
  const warnings = await noteOrWarn(wired, checkedEvent(run, report));
  const first = wantsBaseline(look, context) ? { reason: 'first baseline' } : undefined;
  const accept = request.accept ?? first;
  if (accept !== undefined) {
    context.out.note(`${sayReport(look, context, wired)}\n`);
    await acceptDrift(run, report, accept, context, wired);
    return tellAccepted(look, accept, warnings, wired);
  }
  const { told, warnings: missed } = request.notify
    ? await notifyDrift(run, report, record, wired)
    : { told: [], warnings: [] };
  for (const channel of told) context.out.note(`  told #${channel.replace(/^#/, '')}`);
  const issue = makeTicket(look, wired);
  const ticketed = issue && (await openDriftTicket(report, issue, wired));
  const unopened = ticketed?.is === 'not-opened' && ticketed.why !== undefined ? [ticketed.why] : [];
  return tellDrift(look, [...warnings, ...missed, ...unopened], context, wired, ticketed);
}
