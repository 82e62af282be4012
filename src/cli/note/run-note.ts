import { ReleaseError } from '../../domain/failure.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { makeRunId } from '../../engine/run-id.ts';
import { findLive, foldRuns } from '../../ledger/fold.ts';
import { countComplaints, foldWatch, listDeclared } from '../../ledger/fold-watch.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import type { Wired } from '../wired.ts';

const MOST_TEXT = 500;
const SEVERITIES = ['P0', 'P1', 'P2', 'P3'] as const;

const noText = (): ReleaseError =>
  new ReleaseError('E_ARGUMENTS', {
    what: 'A note needs a text.',
    next: 'release note "exports are slow" --complaint export-slow',
    state: 'untouched',
  });

const noSuchNote = (id: string): ReleaseError =>
  new ReleaseError('E_ARGUMENTS', {
    what: `There is no open note ${id.slice(0, 60)}.`,
    next: 'release note "…" --resolves <note>   release status --why lists them',
    state: 'untouched',
  });

const textOf = (typed: CommandOptions[string]): string | undefined =>
  typeof typed === 'string' && typed.trim() !== '' ? oneLine(typed, 100) : undefined;

/** The version that is meant: what the ledger knows to be live, or what the application says. */
async function findVersion(
  { services, env, configured }: Wired,
  byLedger: string | undefined,
): Promise<string> {
  if (byLedger !== undefined) return byLedger;
  return configured.has('host') ? `v${(await services.host.liveVersion(env)).version}` : 'v0.0.0';
}

interface Meaning {
  readonly severity: string | undefined;
  readonly complaint: string | undefined;
}

const sayMore = ({ severity, complaint }: Meaning, count: number): string =>
  [
    severity === undefined ? '' : `, ${severity}`,
    complaint === undefined ? '' : `; ${count} about ${complaint}`,
  ].join('');

/** `release note`: what a person tells the watch, from whichever machine (E-20, E-118). */
export async function runNote(
  [typed]: readonly string[],
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const text = typed === undefined ? '' : oneLine(typed, MOST_TEXT);
  if (text === '') throw noText();
  const events = await wired.ledger.read(wired.scope);
  const version = await findVersion(wired, findLive(foldRuns(events))?.version);
  const { notes } = foldWatch(events, version);
  const resolves = textOf(options.resolves);
  if (resolves !== undefined && !listDeclared(notes).some(({ id, rank }) => id === resolves && rank > 0))
    throw noSuchNote(resolves);
  const severity = SEVERITIES.find((one) => one === options.severity);
  const complaint = textOf(options.complaint);
  // Two notes of one minute must never be taken for one: the record grows with each.
  const id = `n-${makeRunId(wired.clock, context.random)}-${events.length}`;
  const data = {
    ...{ text, version, by: await context.readActor() },
    ...(severity === undefined ? {} : { severity }),
    ...(complaint === undefined ? {} : { complaint }),
    ...(resolves === undefined ? {} : { resolves }),
  };
  await wired.ledger.note(wired.scope, { id, run: id, type: 'watch.noted', data });
  const count = complaint === undefined ? 0 : (countComplaints(notes).get(complaint) ?? 0) + 1;
  return {
    exitCode: EXIT.ok,
    result: { id, ...data, complaints: count },
    text: `✔ noted for ${version} as ${id}${sayMore({ severity, complaint }, count)}`,
    next:
      severity === undefined || severity === 'P3'
        ? []
        : [`release note "it is over" --resolves ${id} --env ${wired.env}`],
    warnings: [],
    env: wired.env,
    version,
    sandbox: wired.runbook.sandbox,
  };
}
