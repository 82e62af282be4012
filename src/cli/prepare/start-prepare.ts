import { ReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { DatedPlan } from '../../domain/prepare/lay-out-days.ts';
import { readReleaseNotes } from '../../domain/release-notes.ts';
import { parseReleaseVersion, type Version } from '../../domain/version.ts';
import { makeRunId } from '../../engine/run-id.ts';
import type { PreparedVersion } from '../../ledger/fold-preparations.ts';
import { planPrepare } from '../../plans/plan-prepare.ts';
import { writePreparation } from '../../report/prepare-text.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import { confirmLight } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import { checkBusy } from '../deploy/check-busy.ts';
import { EXIT } from '../exit.ts';
import { readLockChoice } from '../runs/lock-choice.ts';
import type { Wired } from '../wired.ts';
import { editSection, isThere } from './edit-section.ts';
import { type Base, findBase } from './find-base.ts';
import { findSource } from './find-source.ts';
import { listElsewhere } from './list-elsewhere.ts';
import { type Made, makeRecipe } from './make-recipe.ts';
import { moveDay } from './move-day.ts';
import { inOwnScope } from './own-scope.ts';
import { planDays } from './plan-days.ts';
import { pushPlanned } from './push-planned.ts';
import { readPlanned } from './read-planned.ts';
import { readRange } from './read-range.ts';
import { describePreparation, type Preparation, tellPreparation } from './tell-preparation.ts';
import { weighLate } from './weigh-late.ts';

const noVersion = (): ReleaseError =>
  new ReleaseError('E_VERSION_MISSING', {
    what: 'prepare needs a version.',
    next: 'Write  release prepare v1.2.3',
    state: 'untouched',
  });

const readText = (given: CommandOptions[string]): string | undefined =>
  typeof given === 'string' ? given : undefined;

/** True when the newest candidate stands at the branch's tip: there is nothing that it lacks (idempotent by commit). */
const isPrepared = ({ tip, newest }: Base): boolean => tip !== undefined && newest?.commit === tip;

function alreadyThere(
  version: Version,
  { newest, branchName, tip = '' }: Base,
  { runbook }: Wired,
): CommandResult {
  const name = newest?.name ?? '';
  return {
    exitCode: EXIT.ok,
    verdict: 'completed',
    result: { alreadyPrepared: true, branch: branchName, sha: tip, tag: name },
    text: `  ✔ ${name} is at the tip of ${branchName} (${tip.slice(0, 7)}). Nothing to do.`,
    next: [`release preflight ${version}`],
    warnings: [],
    version,
    sandbox: runbook.sandbox,
  };
}

/** A later candidate goes out on the day that was planned, while that is still to come. */
const keepDay = (planned: PreparedVersion | undefined, today: string): DatedPlan | undefined =>
  planned?.day === undefined || planned.day < today ? undefined : { day: planned.day, rows: planned.days };

/** Nobody is told of a day that nobody chose: the earliest one is no promise. */
const notesOf = (made: Made, changelog: string, day: string | undefined) => ({
  ...readReleaseNotes(changelog, made.recipe.version),
  ...(day === undefined ? {} : { planned_for: day }),
});

interface Wanted {
  readonly version: Version;
  readonly run: string;
  readonly options: CommandOptions;
  /** The section of the changelog as a person edited it. */
  readonly section?: string;
}

async function readPreparation(
  wired: Wired,
  base: Base,
  { version, run, options, section }: Wanted,
): Promise<Preparation> {
  const { runbook, services, clock } = wired;
  const planned = await readPlanned(wired, version);
  const chosen = readText(options.for);
  const { today, dated: laid } = planDays(wired, chosen, planned?.since);
  const dated = chosen === undefined ? (keepDay(planned, today) ?? laid) : laid;
  const late = await weighLate(wired, base, version, chosen ?? planned?.day);
  const trailers = { 'Release-Run': run };
  const day = chosen ?? today;
  const edited = section === undefined ? {} : { section };
  const given = { version, at: clock.now().toISOString(), day, trailers, ...edited };
  const made = await makeRecipe(wired, base, given, options.keepReverted === true);
  const { commit, tag } = made.candidate;
  const changelog = (await services.git.readFile(commit, runbook.source.changelog)) ?? '';
  const facts = {
    recipe: made.recipe,
    branchName: base.branchName,
    tip: base.tip,
    commit,
    tag,
    from: base.before?.version ?? '',
    configDigest: wired.digest,
    notes: notesOf(made, changelog, chosen ?? planned?.day),
  };
  const plan = planPrepare(facts, runbook, wired.env, options.notify !== false);
  const range = await readRange(wired, base.before?.commit, commit);
  return { base, made, plan, dated, range, warnings: [...late, ...(await listElsewhere(wired, made))] };
}

/** The same line again, so that what was looked at is what is prepared. */
const sayAgain = (version: string, { hotfix, from }: CommandOptions): string => {
  const source = hotfix === true ? ' --hotfix' : typeof from === 'string' ? ` --from ${from}` : '';
  return `release prepare ${version}${source}`;
};

const planned = (
  preparation: Preparation,
  text: string,
  options: CommandOptions,
  { runbook }: Wired,
): CommandResult => ({
  exitCode: EXIT.ok,
  verdict: 'go',
  result: describePreparation(preparation),
  text,
  next: [sayAgain(preparation.plan.version, options)],
  warnings: [],
  version: preparation.plan.version,
  sandbox: runbook.sandbox,
});

/** Only a day that somebody chose is a promise; the earliest one is shown and not recorded. */
const recordDays = ({ dated }: Preparation, options: CommandOptions): JsonObject =>
  readText(options.for) === undefined || dated === undefined
    ? {}
    : { day: dated.day, days: dated.rows.map((row) => ({ ...row })) };

/** A new preparation: what the remote holds, the candidate made in the cache, the question, and then one push. */
export async function startPrepare(
  typed: string | undefined,
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  if (typed === undefined) throw noVersion();
  const version = parseReleaseVersion(typed);
  const lock = readLockChoice(options);
  const own = inOwnScope(wired);
  const lastRun = await checkBusy(own, lock, context);
  const base = await findBase(wired, version, await findSource(version, options, wired));
  if (isPrepared(base)) {
    if (options.edit === true) throw isThere(version, wired.runbook.source.changelog, base.branchName);
    const day = readText(options.for);
    return day === undefined
      ? alreadyThere(version, base, wired)
      : moveDay(version, base, day, context, wired);
  }
  const run = makeRunId(wired.clock, context.random);
  const wanted = { version, run, options };
  const found = await readPreparation(wired, base, wanted);
  const preparation =
    options.edit === true
      ? await readPreparation(wired, base, {
          ...wanted,
          section: await editSection(found.made, base.branchName, context, wired),
        })
      : found;
  const text = writePreparation(tellPreparation(preparation, wired));
  if (context.flags.plan) return planned(preparation, text, options, wired);
  context.out.note(`${text}\n`);
  await confirmLight(context, 'Push branch and candidate?');
  const { plan } = preparation;
  const request = { version, by: 'command line', candidate: base.name, ...recordDays(preparation, options) };
  const order = { plan, run, lock, lastRun, request, reason: `prepares ${version}` };
  const ended = await pushPlanned(context, own, order);
  return { ...ended, result: { ...ended.result, ...describePreparation(preparation) } };
}
