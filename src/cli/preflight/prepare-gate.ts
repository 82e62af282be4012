import type { Choice } from '../../engine/choose-checks.ts';
import type { Facts, Policy, ReleaseScope } from '../../kit.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { foldFindings } from '../../ledger/fold-findings.ts';
import type { RecordedFinding } from '../../ledger/recorded-finding.ts';
import { readTrialFacts } from '../candidate/read-trial-facts.ts';
import type { CommandOptions } from '../command.ts';
import type { CliContext } from '../context.ts';
import { readDriftFacts } from '../drift/read-drift-facts.ts';
import { readPlannedDay } from '../facts/read-planned-day.ts';
import { readRehearsalFacts } from '../facts/read-rehearsal-facts.ts';
import { readRollbackRehearsal } from '../facts/read-rollback-rehearsal.ts';
import { readParityFacts } from '../parity/read-parity-facts.ts';
import { readStandingWaivers, readTypedWaivers } from '../read-waivers.ts';
import { splitGlobs } from '../waivers.ts';
import type { Wired } from '../wired.ts';
import { subjectOf } from './evidence.ts';
import { placeConfig } from './place-config.ts';

/** The preflight gate as the flags choose it, before anything is asked. */
export interface PreparedGate {
  readonly choice: Choice & { readonly policy: Policy };
  readonly release: ReleaseScope | undefined;
  /** Recorded answers about this commit and configuration, by check. */
  readonly known: ReadonlyMap<string, RecordedFinding>;
}

/**
 * Reads flags and events into a gate that can be asked; `asked` are the events, or the question for them.
 * Throws what is wrong with the flags: E_WAIVE_REASON, E_UNTIL, E_FLAG_REFUSED (exit 2).
 */
export async function prepareGate(
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
  release: ReleaseScope | undefined,
  asked: readonly LedgerEvent[] | Promise<readonly LedgerEvent[]>,
): Promise<PreparedGate> {
  const { runbook, env, environment, configured, checks, clock } = wired;
  const [only, skip] = [options.only, options.skip].map(splitGlobs);
  const { thresholds } = runbook;
  // All at once: a ledger that is far away is asked one time for all of them, and tells of one moment.
  const [events, ...parts] = await Promise.all([
    asked,
    readDriftFacts(wired),
    readParityFacts(wired),
    readRehearsalFacts(wired),
    readRollbackRehearsal(wired, release),
    readPlannedDay(wired, release),
    readTrialFacts(wired, release),
  ]);
  const facts: Facts = Object.assign({}, ...parts);
  const config = placeConfig(wired.file);
  const about = { env, environment, runbook, thresholds, now: clock.now(), facts };
  const policy = config === undefined ? about : { ...about, config };
  const typed = await readTypedWaivers(options, context, wired);
  const standing = readStandingWaivers(events, release?.version, wired);
  const subject = subjectOf(wired, release);
  return {
    choice: {
      gate: 'preflight',
      checks,
      configured,
      policy: release === undefined ? policy : { ...policy, release },
      // What a person says now comes before what was said earlier.
      waivers: [...typed, ...standing],
      ...(only === undefined ? {} : { only }),
      ...(skip === undefined ? {} : { skip }),
    },
    release,
    known: subject === undefined ? new Map() : foldFindings(events, subject),
  };
}
