import { isReleaseError, ReleaseError } from '../domain/failure.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Plan, PlanEntry, PlannedStep } from '../domain/plan.ts';
import type { Seen } from '../kit.ts';
import type { LedgerEvent } from '../ledger/event.ts';
import type { EntryState, RunState } from '../ledger/fold.ts';
import { askBack, isProvenBehind } from './ask-back.ts';
import type { Halt } from './beside.ts';
import { isHeavy } from './find-unproven.ts';
import type { Outlook } from './left-to-land.ts';
import type { RunTools } from './run-tools.ts';
import { whileHolding } from './while-holding.ts';

/** A run that comes back. */
export interface Returning {
  readonly plan: Plan;
  readonly run: string;
  readonly before: RunState;
  /** The whole record, in its order. */
  readonly events: readonly LedgerEvent[];
  readonly tools: RunTools;
  readonly outlook: Outlook;
}

/** What the world says of the entries that a run would pass over. */
export interface LookedBack {
  /** Recorded as done, and the world shows it. */
  readonly standing: ReadonlySet<string>;
  /** Recorded as done, may be repeated, and the world does not show it: these go again. */
  readonly fallen: ReadonlySet<string>;
  /** Facts as the world has them, which stand above those of the record. */
  readonly facts: Readonly<Record<string, JsonObject>>;
  /** Entries that are asked about beside the rest. */
  readonly later: readonly PlannedStep[];
  readonly halt?: Halt;
}

type Done = Extract<EntryState, { state: 'done' }>;
type Asked = { readonly entry: PlannedStep; readonly state: Done };
type Answer = Asked & { readonly seen: Seen<JsonObject> };

const wayOn = ({ command, version, from }: Plan, name: string): string => {
  if (command === 'rollback')
    return `Run the rollback again: release rollback --to ${version}. It plans anew, by what is there.`;
  if (command !== 'deploy')
    return `Give this run up and plan again: release ${command} --abandon --reason "…"`;
  const anew =
    from === ''
      ? 'begin anew (release deploy --abandon --reason "…")'
      : `go back (release rollback --to ${from}) and begin anew`;
  return `Find out who wrote it (release history --steps), then ${anew}. Where you know that it stands: release deploy --resume --vouch ${name} --reason "…"`;
};

const notAsRecorded = ({ title, name }: PlannedStep, plan: Plan): ReleaseError =>
  new ReleaseError('E_NOT_AS_RECORDED', {
    what: `The record says that "${title}" is done, and the world does not show it.`,
    why: 'Somebody else may have written into the ledger, or it was taken back since. Nothing was done on top of it.',
    next: wayOn(plan, name),
    state: 'unclear',
  });

const sayUnknown = ({ title, name }: PlannedStep, said: string, { command }: Plan): string =>
  `nobody can say whether "${title}" stands, as the record says: ${said}. Resume asks again${command === 'prepare' ? '' : `; --vouch ${name} --reason "…" goes on by your word`}`;

/** Every effect that must still stand, and every door behind which users are in. */
export function listAsked({ plan, before, tools }: Returning): readonly Asked[] {
  return plan.entries.flatMap((entry) => {
    const state = before.entries[entry.name];
    if (entry.kind !== 'step' || state?.state !== 'done') return [];
    const isDoor = entry.effect === 'repeatable' && tools.steps.get(entry.step)?.inspect !== undefined;
    return (isHeavy(entry) && entry.effect === 'probeable') || isDoor ? [{ entry, state }] : [];
  });
}

/**
 * True of an open door that something before it was done again behind: switches that hold things back may not have been let
 * go again, and only a run through all of them up to the door knows.
 */
function isUndercut({ plan, run, events }: Returning, { name }: PlannedStep): boolean {
  const lastOf = (step: string): number =>
    events.findLastIndex(
      (event) => event.run === run && event.step === step && /^step\.(intent|done)$/.test(event.type),
    );
  const before = plan.entries.slice(
    0,
    plan.entries.findIndex((entry) => entry.name === name),
  );
  const opened = lastOf(name);
  return before.some(
    (entry) => entry.kind === 'step' && entry.effect === 'repeatable' && lastOf(entry.name) > opened,
  );
}

/** Why the run cannot go on at one answer; undefined when it can. */
function judgeAnswer({ entry, seen }: Answer, plan: Plan): Halt | undefined {
  if (seen.state === 'done' || entry.effect === 'repeatable' || isProvenBehind(plan, entry)) return undefined;
  if (seen.state === 'absent') return { entry, end: { end: 'failed', error: notAsRecorded(entry, plan) } };
  const said = seen.state === 'unclear' || seen.state === 'underway' ? seen.said : '';
  return { entry, end: { end: 'in-doubt', said: sayUnknown(entry, said, plan) } };
}

/** What an error of the questions means for the run. */
export function haltBy(error: unknown, entry: PlanEntry, { stop }: RunTools): Halt {
  if (isReleaseError(error, 'E_FENCED')) return { entry, end: { end: 'fenced', error } };
  if (stop.signal.aborted) return { entry, end: { end: 'stopped', said: 'stopped while it looked back' } };
  return { entry, broke: error };
}

/** Asks about one entry, beside the rest of the run; gives the halt that its answer means. */
export async function askLater(returning: Returning, entry: PlannedStep): Promise<Halt | undefined> {
  const state = returning.before.entries[entry.name] as Done;
  const running = { ...returning, entry, facts: returning.before.facts };
  try {
    const seen = await whileHolding(returning.tools, () => askBack(running, state.startedAt));
    return judgeAnswer({ entry, state, seen }, returning.plan);
  } catch (error) {
    return haltBy(error, entry, returning.tools);
  }
}

/** What stands ends at the first entry that the world does not show: what came on top of it is open again. */
function sortAnswers(answers: readonly Answer[], later: readonly PlannedStep[], plan: Plan): LookedBack {
  const asideNames = later.map(({ name }) => name);
  const broken = answers.findIndex(({ seen }) => seen.state !== 'done');
  const shown = broken < 0 ? answers : answers.slice(0, broken);
  const halt = answers.map((answer) => judgeAnswer(answer, plan)).find((one) => one !== undefined);
  const fallen = answers.filter(({ entry, seen }) => entry.effect === 'repeatable' && seen.state !== 'done');
  return {
    standing: new Set([...asideNames, ...shown.map(({ entry }) => entry.name)]),
    fallen: new Set(fallen.map(({ entry }) => entry.name)),
    facts: Object.fromEntries(
      answers.flatMap(({ entry, state, seen }) =>
        seen.state === 'done' ? [[entry.name, { ...state.done, ...seen.done }]] : [],
      ),
    ),
    later,
    ...(halt === undefined ? {} : { halt }),
  };
}

/**
 * Asks the world about everything that the record calls done and that must still stand (T37): a record alone makes nobody
 * pass over an effect. All at once, and nothing is changed.
 */
export async function lookBack(returning: Returning): Promise<LookedBack> {
  const { plan, tools, before } = returning;
  const isVouched = ({ entry }: Asked): boolean => tools.vouched?.has(entry.name) === true;
  const all = listAsked(returning);
  const later = all.filter((one) => !isVouched(one) && tools.steps.get(one.entry.step)?.askedBeside === true);
  const now = all.filter((one) => !later.includes(one));
  const answer = async ({ entry, state }: Asked): Promise<Seen<JsonObject>> => {
    if (entry.effect === 'repeatable' && isUndercut(returning, entry)) return { state: 'absent' };
    if (isVouched({ entry, state })) return { state: 'done', done: {} };
    return askBack({ ...returning, entry, facts: before.facts }, state.startedAt);
  };
  const answerAll = (): Promise<readonly Answer[]> =>
    Promise.all(now.map(async (one) => ({ ...one, seen: await answer(one) })));
  const beside = later.map(({ entry }) => entry);
  try {
    const answers = await whileHolding(tools, answerAll);
    return sortAnswers(answers, beside, plan);
  } catch (error) {
    const halt = haltBy(error, (now[0] ?? all[0])?.entry ?? (plan.entries[0] as PlanEntry), tools);
    return { standing: new Set(), fallen: new Set(), facts: {}, later: [], halt };
  }
}
