import type { NextAttempt } from '../domain/next-attempt.ts';
import { plural } from '../domain/plural.ts';
import type { Due } from '../domain/prepare/find-due.ts';
import type { Confirmation } from '../domain/watch/judge-confirmation.ts';
import type { RunState } from '../ledger/fold.ts';
import type { DriftRecord } from '../ledger/fold-drift.ts';
import type { Phase } from '../ledger/fold-phases.ts';
import type { TaskList } from '../ledger/fold-tasks.ts';
import type { Week } from '../ledger/fold-week.ts';
import { isSilent } from '../ledger/is-silent.ts';
import type { Holder } from '../ledger/ledger.ts';
import { sayDue } from './due-text.ts';
import { glyph } from './glyphs.ts';
import { type StandingIncident, sayIncident } from './incident-rows.ts';
import { sayLeft } from './left-text.ts';
import { sayReturned } from './returned-rows.ts';
import { sayWhen } from './say-when.ts';
import { type HeldStanding, sayHeldBack } from './status-held.ts';
import { ageOf, type Moment, row, warn } from './status-rows.ts';
import { sayStrip } from './strip-text.ts';
import { padTo } from './table.ts';
import type { Look } from './verdict-text.ts';
import { type SayRole, sayWaiting, type Waiting } from './waiting-text.ts';
import { sayWeek } from './week-text.ts';

/** What is true of one environment, as far as it could be found out. */
export interface EnvStanding extends HeldStanding {
  readonly env: string;
  readonly isProtected: boolean;
  readonly live:
    | {
        readonly known: true;
        readonly version: string;
        readonly commit?: string;
        readonly maintenance?: boolean;
      }
    | { readonly known: false; readonly because: string };
  /** What the ledger believes; shown when the application does not answer, or says something else. */
  readonly byLedger?: { readonly version: string; readonly since: string; readonly run: string };
  readonly open?: RunState;
  /** What real traffic has said, where a rollback brought the version. */
  readonly confirmation?: Confirmation;
  /** The candidate that a rollback took back, where candidates are tried. */
  readonly tookBack?: string;
  readonly holder?: Holder;
  readonly preflight?: { readonly at: string; readonly call: string; readonly version?: string };
  /** The last look at the set-up, and the baseline that counts. */
  readonly drift?: Pick<DriftRecord, 'last' | 'baseline'>;
  /** What is to be done after past runs. */
  readonly tasks?: readonly TaskList[];
  /** What may follow the version that was taken back. */
  readonly nextAttempt?: NextAttempt;
  /** The time after the watch of what is live. */
  readonly week?: Week;
  /** What the plan of the release asks for today, from T-0 on. */
  readonly phase?: readonly Due[];
  /** What is wrong and not over, and who commands it. */
  readonly incident?: StandingIncident;
  /** Decisions that are not taken, and whom they wait for. */
  readonly waiting?: readonly Waiting[];
  /** The way of the release that is under way or live; left out where it is none. */
  readonly strip?: { readonly version: string; readonly phases: readonly Phase[] };
  readonly runs: number;
  /** What stands on this machine alone, and how it comes into the ledger. */
  readonly unsynced?: { readonly said: string };
  /** Why the ledger could not be asked, and its last entry that was seen here: everything of it is as of then. */
  readonly ledgerAsOf?: { readonly because: string; readonly at: string };
}

function sayLive(standing: EnvStanding, moment: Moment, look: Look): string[] {
  const { live, byLedger } = standing;
  const ledger = byLedger ? `${byLedger.version} since ${sayWhen(byLedger.since, moment.zone)}` : '';
  if (!live.known) {
    const unknown = `${look.paint.warn(glyph('warn', look.ascii))} live version unknown: ${live.because}`;
    return [...row(standing.env, unknown), ...(ledger ? row('', `by the ledger: ${ledger}`) : [])];
  }
  const agrees = byLedger?.version === live.version;
  const since = agrees && byLedger ? `   live ${ageOf(byLedger.since, moment)}` : '';
  const differs =
    byLedger && !agrees ? row('', `${glyph('warn', look.ascii)} the ledger says ${ledger}`) : [];
  return [...row(standing.env, `${look.paint.bold(live.version)}${since}`), ...differs];
}

/** The last entry that was begun, and how it stands. */
function sayPosition(open: RunState): string {
  const names = open.plan.entries.map((entry) => entry.name);
  const begun = names.filter((name) => open.entries[name] !== undefined);
  const last = begun.at(-1);
  const done = names.filter((name) => open.entries[name]?.state === 'done').length;
  const state = last === undefined ? undefined : open.entries[last]?.state;
  const word = state === 'intent' ? 'begun, end not known' : (state ?? 'not begun');
  return `${done} of ${names.length} steps done${last ? `; ${last}: ${word}` : ''}`;
}

function sayEnd({ end }: RunState, holder: EnvStanding['holder'], { now }: Moment): string {
  if (holder?.alive) return isSilent(holder, now.getTime()) ? 'may still be running' : 'is running';
  return end === 'open' ? 'was interrupted' : end;
}

function sayOpen({ open, holder }: EnvStanding, moment: Moment, look: Look): string[] {
  if (open === undefined) return [];
  const about = `${open.plan.command} ${open.plan.version} by ${open.actor} ${sayEnd(open, holder, moment)}, began ${sayWhen(open.startedAt, moment.zone)}`;
  return [
    ...row('', `${look.paint.warn(glyph('running', look.ascii))} ${about}`),
    ...row('', `  ${open.run}: ${sayPosition(open)}`),
  ];
}

function sayHolder({ holder }: EnvStanding, moment: Moment): string[] {
  if (holder === undefined) return [];
  const age = ageOf(holder.lastSign, moment);
  const sign = holder.alive ? `last heard of ${age} ago` : `no sign of life for ${age}`;
  return row('', `lock: ${holder.actor} on ${holder.host}, ${holder.reason}; ${sign}`);
}

/** Everything the ledger says here is as old as that; what the application says is not. */
function sayAsOf({ ledgerAsOf }: EnvStanding, moment: Moment, look: Look): string[] {
  if (ledgerAsOf === undefined) return [];
  const seen =
    ledgerAsOf.at === ''
      ? 'Nothing of it was ever seen here, so that what runs or is locked is not known.'
      : `What stands here was last seen, its last entry is of ${sayWhen(ledgerAsOf.at, moment.zone)}.`;
  return warn(`${ledgerAsOf.because} ${seen}`, look);
}

/** What the ledger does not know may be the newest that there is. */
const sayUnsynced = ({ unsynced }: EnvStanding, look: Look): string[] =>
  unsynced === undefined ? [] : warn(unsynced.said, look);

const sayPreflight = ({ preflight }: EnvStanding, moment: Moment): string[] =>
  preflight === undefined
    ? []
    : row(
        '',
        `preflight ${preflight.version ?? ''} ${preflight.call.toUpperCase()} ${ageOf(preflight.at, moment)} ago`.replace(
          / {2,}/g,
          ' ',
        ),
      );

const DRIFT_WORD = { clean: 'clean', drifted: 'drifted', unknown: 'not known' } as const;

/** The last look at the set-up, as the ledger has it (DRF-08). */
function sayDrift({ drift }: EnvStanding, moment: Moment, look: Look): string[] {
  if (drift?.last === undefined) return [];
  const { call, changes, at } = drift.last;
  const count = changes.length > 0 ? `, ${plural(changes.length, 'change')}` : '';
  const said = `drift: ${DRIFT_WORD[call]}${count}, looked ${ageOf(at, moment)} ago`;
  return call === 'clean' ? row('', said) : warn(said, look);
}

/** On its way from complete to successful (SUC-08); of another version than the one that answers nothing is said. */
const sayAfter = ({ week, live }: EnvStanding, { now, zone }: Moment): string[] =>
  week === undefined || (live.known && live.version !== week.version)
    ? []
    : sayWeek(week, now.getTime(), (iso) => sayWhen(iso, zone)).flatMap((line) => row('', line));

/** Drawn at a terminal alone: a machine reads the phases elsewhere. */
const sayWay = ({ strip }: EnvStanding, look: Look): string[] =>
  strip === undefined ? [] : row('', `${strip.version}   ${sayStrip(strip.phases, look)}`);

/** `release status`: one block for each environment. `sayRole`: how the runbook titles a role. */
export function sayStatus(
  product: string,
  standings: readonly EnvStanding[],
  moment: Moment,
  look: Look,
  sayRole: SayRole,
): string {
  const head = `${padTo(product, 50)}${sayWhen(moment.now.toISOString(), moment.zone)}`;
  const blocks = standings.flatMap((standing) => [
    '',
    ...sayLive(standing, moment, look),
    ...sayWay(standing, look),
    ...sayIncident(standing.incident, moment, look),
    ...(standing.phase ?? []).flatMap((due) => row('', sayDue(due))),
    ...sayReturned(standing, look),
    ...sayAfter(standing, moment),
    ...sayHeldBack(standing, moment, look),
    ...sayOpen(standing, moment, look),
    ...sayHolder(standing, moment),
    ...sayPreflight(standing, moment),
    ...sayWaiting(standing.waiting, moment, sayRole),
    ...sayDrift(standing, moment, look),
    ...sayLeft(standing.tasks, standing.week?.release.run, moment, look),
    ...sayAsOf(standing, moment, look),
    ...sayUnsynced(standing, look),
  ]);
  const isNew = standings.every((standing) => standing.runs === 0);
  const hint = isNew ? ['', '  No release has been run here.'] : [];
  return [head, ...blocks, ...hint].join('\n');
}
