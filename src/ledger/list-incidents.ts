import { dateAt } from '../domain/calendar/dates.ts';
import { LEVELS, type Level, rankOf } from '../domain/watch/rule.ts';
import type { LedgerEvent } from './event.ts';
import { foldRuns, type RunState } from './fold.ts';

/** A release that called for a rollback, or got one. */
export interface OpenIncident {
  /** `INC-2025-10-01-1`, counted by the day of its detection (COM-09b). */
  readonly id: string;
  readonly version: string;
  readonly severity: Level;
  /** ISO. */
  readonly detectedAt: string;
  /** What fired or was declared, in order. */
  readonly signs: readonly string[];
  readonly rollback: RunState | undefined;
  /** The run that brought what is wrong. */
  readonly release: RunState;
  /** Who took command with the first thing that a person did about it: a declaration, or the order to roll back. */
  readonly taken: Taken | undefined;
}

/** `by`: as the ledger names them; `at`: ISO. */
interface Taken {
  readonly by: string;
  readonly at: string;
}

interface Sign {
  readonly at: string;
  readonly level: Level;
  readonly said: string;
  /** Left out where no person did it. */
  readonly taken?: Taken;
}

const levelOf = (said: unknown): Level => LEVELS.find((level) => level === said) ?? 'ok';
const isGrave = ({ level }: Sign): boolean => rankOf(level) >= rankOf('P2');

/** What one event tells of a version; undefined: nothing grave. */
function readSign(event: LedgerEvent): Sign | undefined {
  const { at } = event;
  if (event.type === 'watch.changed') {
    const { severity, rule, series } = event.data.change;
    return { at, level: levelOf(severity), said: [rule, series].filter(Boolean).join(' ') };
  }
  if (event.type === 'watch.noted') {
    const { severity, text, by } = event.data;
    return { at, level: levelOf(severity), said: text, taken: { by, at } };
  }
  return event.type === 'watch.looked' ? { at, level: event.data.level, said: event.data.said } : undefined;
}

const signOf = ({ request, startedAt, actor }: RunState): Sign => ({
  at: typeof request.detectedAt === 'string' ? request.detectedAt : startedAt,
  level: levelOf(request.severity),
  said: typeof request.reason === 'string' ? request.reason : 'rolled back',
  taken: { by: typeof request.orderedBy === 'string' ? request.orderedBy : actor, at: startedAt },
});

const firstTaken = (signs: readonly Sign[]): Taken | undefined =>
  signs.flatMap(({ taken }) => taken ?? []).sort((a, b) => (a.at < b.at ? -1 : 1))[0];

function listSigns(
  events: readonly LedgerEvent[],
  release: RunState,
  until: string | undefined,
): readonly Sign[] {
  const { version } = release.plan;
  const own = events.filter(
    ({ at, data }) =>
      at >= release.startedAt &&
      (until === undefined || at < until) &&
      'version' in data &&
      data.version === version,
  );
  return own.flatMap((event) => readSign(event) ?? []).filter(isGrave);
}

/** Incidents of an environment, oldest first. Days are those of the zone. */
export function listIncidents(events: readonly LedgerEvent[], zone: string): readonly OpenIncident[] {
  const runs = foldRuns(events).filter(
    ({ plan }) => plan.command === 'deploy' || plan.command === 'rollback',
  );
  const perDay = new Map<string, number>();
  return runs.flatMap((release, i): OpenIncident[] => {
    const next = runs.slice(i + 1).find(({ end }) => end === 'completed');
    const rollback = runs
      .slice(i + 1)
      .find(({ plan }) => plan.command === 'rollback' && plan.from === release.plan.version);
    const signs = [...listSigns(events, release, next?.startedAt), ...(rollback ? [signOf(rollback)] : [])];
    const first = signs.map(({ at }) => at).sort()[0];
    if (first === undefined) return [];
    const day = dateAt(Date.parse(first), zone);
    const n = (perDay.get(day) ?? 0) + 1;
    perDay.set(day, n);
    const severity = signs.map(({ level }) => level).reduce((a, b) => (rankOf(b) > rankOf(a) ? b : a));
    const { version } = release.plan;
    return [
      {
        id: `INC-${day}-${n}`,
        version,
        severity,
        detectedAt: first,
        signs: signs.map(({ said }) => said),
        rollback,
        release,
        taken: firstTaken(signs),
      },
    ];
  });
}
