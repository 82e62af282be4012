import { ReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import { MESSAGE_KINDS } from '../../domain/message-kinds.ts';
import type { Moment } from '../../domain/moment.ts';
import type { TemplateName } from '../../domain/template-names.ts';
import { parseReleaseVersion } from '../../domain/version.ts';
import { makeRunId } from '../../engine/run-id.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { findLive, findOpenRun, foldRuns, type RunState } from '../../ledger/fold.ts';
import { foldWeek } from '../../ledger/fold-week.ts';
import { planDeploy } from '../../plans/plan-deploy.ts';
import type { CliContext } from '../context.ts';
import { listPrepared, pickPrepared } from '../facts/find-release.ts';
import { readStanding } from '../facts/read-deploy-facts.ts';
import { readNotes } from '../messages/read-notes.ts';
import { inOwnScope } from '../prepare/own-scope.ts';
import { readPlanned } from '../prepare/read-planned.ts';
import { measurementsOf } from '../watch/figures.ts';
import type { Wired } from '../wired.ts';

/** What a message tells of. */
export interface Subject {
  readonly moment: Moment;
  /** The run, when the ledger has one. */
  readonly run: RunState | undefined;
  readonly isOpen: boolean;
  /** True when the whole monitoring of this run was watched and well. */
  readonly isComplete: boolean;
}

/** What is asked for. */
export interface Wanted {
  readonly template: TemplateName;
  readonly version: string | undefined;
  readonly isPreview: boolean;
}

const isMeant = ({ plan }: RunState, version: string | undefined): boolean =>
  version === undefined || plan.version === version || (plan.command === 'rollback' && plan.from === version);

/** Where an open run stands: nothing behind it is missing, it is still to come. */
const stepOf = ({ plan, entries }: RunState, isOpen: boolean): string =>
  (isOpen
    ? plan.entries.find(({ name }) => !['done', 'warned'].includes(entries[name]?.state ?? ''))
    : undefined
  )?.name ?? 'notify';

function aboutRun(run: RunState, events: readonly LedgerEvent[], wired: Wired): Subject {
  const week = foldWeek(events, wired.runbook.monitoring);
  const isOpen = findOpenRun(foldRuns(events))?.run === run.run;
  const own = week?.release.run === run.run ? week : undefined;
  const figures = own?.completeAt === undefined ? {} : { measurements: measurementsOf(own.figures) };
  return {
    run,
    isOpen,
    isComplete: own?.completeAt !== undefined,
    moment: {
      ...{ run: run.run, env: wired.env, plan: run.plan, facts: { ...run.facts, ...figures } },
      ...{ now: wired.clock.now().toISOString(), step: stepOf(run, isOpen), notes: readNotes(run) },
      ...{ canThread: false, repeated: false },
    },
  };
}

function aboutNothing(version: string, { env, runbook, clock }: Wired): Subject {
  const plan = { command: 'drift', service: runbook.service, env, version, from: '' } as const;
  return {
    ...{ run: undefined, isOpen: false, isComplete: false },
    moment: {
      ...{ run: `n-${version || env}`, env, facts: {}, step: 'notify', notes: {} },
      plan: { ...plan, entries: [], basis: {}, digest: '' },
      ...{ now: clock.now().toISOString(), canThread: false, repeated: false },
    },
  };
}

/** The day that is planned now: it may have moved since the candidate was told of. */
async function readDay(version: string, wired: Wired): Promise<JsonObject> {
  const day = (await readPlanned(wired, version))?.day;
  return day === undefined ? {} : { planned_for: day };
}

/** A candidate, by the record of preparations: they have one of their own. */
async function aboutCandidate(version: string | undefined, wired: Wired): Promise<Subject> {
  const events = await wired.ledger.read(inOwnScope(wired).scope);
  const run = foldRuns(events).findLast((one) => one.facts.candidate !== undefined && isMeant(one, version));
  if (run === undefined) throw noRun('rc-ready', 'prepare', version);
  const subject = aboutRun(run, events, wired);
  const notes = { ...subject.moment.notes, ...(await readDay(run.plan.version, wired)) };
  return { ...subject, moment: { ...subject.moment, notes } };
}

/** A release that has not begun: its plan as a deploy would make it now, and the day that was prepared for it. */
async function aboutPlan(typed: string | undefined, { random }: CliContext, wired: Wired): Promise<Subject> {
  const { runbook, env, clock, services } = wired;
  const version =
    typed === undefined
      ? pickPrepared('notify', await listPrepared(services.git, runbook))
      : parseReleaseVersion(typed);
  const standing = await readStanding(wired, version, makeRunId(clock, random));
  if (standing.kind === 'live') throw alreadyLive(version);
  const plan = planDeploy(standing.facts, runbook, env);
  const notes = { ...standing.facts.notes, ...(await readDay(version, wired)) };
  const { moment } = aboutNothing(version, wired);
  const step =
    plan.entries.find(({ name }) => name === 'announce')?.name ?? plan.entries[0]?.name ?? 'notify';
  return {
    ...{ run: undefined, isOpen: false, isComplete: false },
    moment: { ...moment, plan, step, notes },
  };
}

const alreadyLive = (version: string): ReleaseError =>
  new ReleaseError('E_MESSAGE_UNTRUE', {
    what: `${version} is live already.`,
    why: 'The message would say that it is still to come.',
    next: 'release notify --list shows what was sent, and what may follow.',
    state: 'untouched',
  });

const noRun = (template: string, command: string, version: string | undefined): ReleaseError =>
  new ReleaseError('E_MESSAGE_UNTRUE', {
    what: `The ledger has no ${command}${version === undefined ? '' : ` of ${version}`} that ${template} could tell of.`,
    next:
      command === 'deploy'
        ? 'release notify release-scheduled announces a release that has not begun; --preview shows the start.'
        : 'release history shows what the ledger has.',
    state: 'untouched',
  });

/** Finds what the message is about. Throws E_MESSAGE_UNTRUE where there is nothing that it could tell. */
export async function findSubject(
  { template, version, isPreview }: Wanted,
  events: readonly LedgerEvent[],
  context: CliContext,
  wired: Wired,
): Promise<Subject> {
  const runs = foldRuns(events);
  const { about } = MESSAGE_KINDS[template];
  const last = (command: string): RunState | undefined =>
    runs.findLast((run) => run.plan.command === command && isMeant(run, version));
  if (template === 'release-scheduled') return aboutPlan(version, context, wired);
  if (about === 'prepare') return aboutCandidate(version, wired);
  if (about === 'nothing') return aboutNothing(version ?? findLive(runs)?.version ?? '', wired);
  const run = last(about);
  if (run !== undefined) return aboutRun(run, events, wired);
  if (template === 'release-start' && isPreview) return aboutPlan(version, context, wired);
  throw noRun(template, about, version);
}
