import { ReleaseError } from '../domain/failure.ts';
import type { Waiver } from '../domain/finding.ts';
import type { LedgerEvent } from '../ledger/event.ts';
import { findStandingWaivers } from '../ledger/fold-findings.ts';
import type { CommandOptions } from './command.ts';
import type { CliContext } from './context.ts';
import { parseWaivedUntil } from './parse-until.ts';
import { makeWaivers, splitGlobs } from './waivers.ts';
import type { Wired } from './wired.ts';

const untilAlone = (): ReleaseError =>
  new ReleaseError('E_FLAG_REFUSED', {
    what: '--until says how long a waiver stands, and there is none.',
    next: 'Add --waive <check> --reason "…", or leave --until out.',
    state: 'untouched',
  });

/** Waivers of this command line. Throws E_WAIVE_REASON, E_UNTIL or E_FLAG_REFUSED (exit 2). */
export async function readTypedWaivers(
  options: CommandOptions,
  context: CliContext,
  { checks, runbook, clock }: Wired,
): Promise<readonly Waiver[]> {
  const globs = splitGlobs(options.waive);
  const { until } = options;
  if (globs === undefined && typeof until === 'string') throw untilAlone();
  if (globs === undefined) return [];
  const stands =
    typeof until === 'string' ? { until: parseWaivedUntil(until, runbook.timezone, clock.now()) } : {};
  const request = { globs, reason: options.reason, by: await context.readActor(), ...stands };
  return makeWaivers(
    request,
    checks.map((check) => check.id),
  );
}

/** Waivers that were given earlier until a date, for findings of this version. */
export function readStandingWaivers(
  events: readonly LedgerEvent[],
  version: string | undefined,
  { checks }: Wired,
): readonly Waiver[] {
  if (version === undefined) return [];
  // A check may have gone since; a waiver for it is about nothing, not an error.
  const ids = new Set(checks.filter((check) => check.gates.includes('preflight')).map((check) => check.id));
  return findStandingWaivers(events, { gate: 'preflight', version }).filter(({ check }) => ids.has(check));
}
