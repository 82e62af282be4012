import { isReleaseError } from '../../domain/failure.ts';
import { brokenIntegrity, type IntegrityAnswer } from '../../domain/integrity.ts';
import type { JsonObject } from '../../domain/json.ts';
import { askIntegrity, type Baseline, baselineOf, readerOf } from '../../kit.ts';
import { foldRuns } from '../../ledger/fold.ts';
import type { CommandOptions } from '../command.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';

/** What the integrity queries found, or why there was nothing to compare with. */
export type DataSeen =
  | { readonly state: 'ok' | 'broken' | 'unknown'; readonly answers: readonly IntegrityAnswer[] }
  | { readonly state: 'not-asked'; readonly why: string };

const notAsked = (why: string): DataSeen => ({ state: 'not-asked', why });

/** The baseline that the last run which brought this version took before it changed anything. */
async function findBaseline(version: string, { ledger, scope }: Wired): Promise<Baseline | undefined> {
  const runs = foldRuns(await ledger.read(scope));
  const brought = runs.findLast(
    ({ plan, end }) =>
      plan.version === version && end === 'completed' && /^(?:deploy|rollback)$/.test(plan.command),
  );
  const baseline = baselineOf(brought?.facts.baseline);
  return baseline.at === undefined ? undefined : baseline;
}

/** The same, or why there is none: what was measured is not lost because a ledger is away. */
async function seekBaseline(
  version: string,
  wired: Wired,
): Promise<{ readonly baseline: Baseline } | { readonly why: string }> {
  try {
    const baseline = await findBaseline(version, wired);
    return baseline === undefined ? { why: `no release of ${version} left a baseline` } : { baseline };
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return { why: `the ledger was not read. ${error.text.what}` };
  }
}

function whyNothing(options: CommandOptions, wired: Wired): string | undefined {
  const { runbook, environment, missing } = wired;
  if (Array.isArray(options.only) && options.only.length > 0) return 'calls alone were asked for';
  if (environment.database === undefined) return 'no database is configured';
  if (runbook.integrity.length === 0) return 'no integrity query is configured';
  const lacking = missing.find(({ services }) => services.includes('postgres'));
  return lacking === undefined ? undefined : `${lacking.name} is not set`;
}

const stateOf = (answers: readonly IntegrityAnswer[]): 'ok' | 'broken' | 'unknown' => {
  if (brokenIntegrity(answers).length > 0) return 'broken';
  return answers.some(({ state }) => state === 'unknown') ? 'unknown' : 'ok';
};

/**
 * The integrity queries once more, against the baseline of the release (DAT rows). Without one nothing is asked, and that is
 * said; a question that was asked and has no answer is unknown.
 */
export async function checkData(
  version: string,
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<DataSeen> {
  const nothing = context.stop.stopping ? 'it was stopped' : whyNothing(options, wired);
  if (nothing !== undefined) return notAsked(nothing);
  const found = await seekBaseline(version, wired);
  if ('why' in found) return notAsked(found.why);
  context.out.note(`The data is compared with the baseline of ${version}.`);
  const { baseline } = found;
  const read = readerOf(wired.services.postgres, wired.env);
  const how = { usersAreIn: true, countsGuarded: true };
  const answers = await askIntegrity(wired.runbook.integrity, baseline, read, how);
  return { state: stateOf(answers), answers };
}

/** The same as `--json` gives it: `data` where it was asked. */
export const tellData = (seen: DataSeen): JsonObject =>
  seen.state === 'not-asked'
    ? { dataNotAsked: seen.why }
    : { dataState: seen.state, data: seen.answers.map(({ why: _, ...one }) => one as unknown as JsonObject) };

/** Worse of the two: lost rows fail a smoke test whose endpoints all answer, and unknown ones hold it. */
export function callWith(call: 'go' | 'hold' | 'no-go', { state }: DataSeen): 'go' | 'hold' | 'no-go' {
  if (state === 'broken') return 'no-go';
  return call === 'go' && state === 'unknown' ? 'hold' : call;
}
