import { seconds } from '../../domain/duration.ts';
import { makeRunId } from '../../engine/run-id.ts';
import { findAssigned } from '../../ledger/find-assigned.ts';
import { findDetected } from '../../ledger/find-detected.ts';
import { findEarlierTimes } from '../../ledger/find-earlier-times.ts';
import { foldRuns } from '../../ledger/fold.ts';
import type { CommandOptions } from '../command.ts';
import type { CliContext } from '../context.ts';
import { askAhead } from '../facts/ask-ahead.ts';
import { type RollbackRequest, readRollback } from '../facts/read-rollback-facts.ts';
import { findCommander } from '../handoff/find-commander.ts';
import type { Wired } from '../wired.ts';
import { chooseTarget } from './choose-target.ts';
import { findRestorePoint } from './find-restore-point.ts';
import { listPassedOver } from './list-passed-over.ts';
import { refuseNewer } from './refuse-newer.ts';
import { seeCode } from './see-code.ts';
import { textOf } from './text-of.ts';

async function readRequest(
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<RollbackRequest> {
  return {
    to: await chooseTarget(options.to, context, wired),
    db: (options.db ?? 'auto') as RollbackRequest['db'],
    reason: textOf(options.reason, 'not said'),
    severity: textOf(options.severity, 'P1'),
    run: makeRunId(wired.clock, context.random),
  };
}

/** What was asked earlier than this is asked again: a remote, or a person who chooses, may have taken minutes. */
const FRESH_MS = seconds(5);

/**
 * What is asked for, and how the world stands; nothing is changed. What needs no code is asked while the remote is, and
 * its failures come behind those of the code.
 */
export async function lookAround(options: CommandOptions, context: CliContext, wired: Wired) {
  const readsData = options.db !== 'none';
  const actor = context.readActor();
  const asked = askAhead(wired, readsData);
  const seen = await seeCode(wired);
  const request = await readRequest(options, context, seen);
  const isFresh = wired.clock.monotonic() - asked.leftAt <= FRESH_MS;
  const answers = isFresh ? asked : askAhead(seen, readsData);
  const standing = await readRollback(seen, request, () => findRestorePoint(seen, request.to), answers);
  await refuseNewer(request.to, standing, wired);
  const { facts } = standing;
  const events = await wired.ledger.read(wired.scope);
  const detectedAt = findDetected(events, facts.from, request.severity);
  const runs = foldRuns(events);
  const earlier = findEarlierTimes(runs);
  const assigned = findAssigned(runs, facts.from);
  const orderedBy = await actor;
  // Whoever orders a rollback takes command with it, where nobody has it.
  const commander = findCommander(events, facts.from, wired.runbook) ?? orderedBy;
  const detected = {
    ...{ orderedBy, commander },
    ...(detectedAt === undefined ? {} : { detectedAt }),
    ...(assigned === undefined ? {} : { assigned }),
  };
  const passedOver = await listPassedOver(request.to, facts.from, runs, seen);
  const known = { ...standing, facts: { ...facts, earlier, ...detected }, passedOver };
  return { seen, request, standing: known };
}
