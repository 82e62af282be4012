import { sayInstant } from '../../../domain/calendar/say-moment.ts';
import { sayDuration } from '../../../domain/duration.ts';
import type { Change } from '../../../domain/watch/change.ts';
import { isWorse, rankOf } from '../../../domain/watch/rule.ts';
import { leftOf, makeSeverityClock } from '../../../domain/watch/severity-clock.ts';
import { sayName, sayPlace } from '../../../report/watch-screen/say-metric.ts';
import type { Alarm } from '../../../report/watch-screen/scene.ts';
import { callOf, type Live } from '../live.ts';
import { linesOf } from '../say-due.ts';

type Calls = Pick<Live, 'calling' | 'kept' | 'acknowledged'>;

/** What calls now and nobody has decided to keep watching in spite of, the gravest first. */
const listCalls = ({ calling, kept }: Calls): readonly Change[] =>
  [...calling.values()]
    .filter((change) => !kept.has(callOf(change)))
    .sort((a, b) => rankOf(b.severity) - rankOf(a.severity));

/** The gravest of them. */
export const findCall = (calls: Calls): Change | undefined => listCalls(calls)[0];

/** The gravest of those that nobody has acknowledged: what rings and shouts. */
export const findLoud = (calls: Calls): Change | undefined =>
  listCalls(calls).find((change) => !calls.acknowledged.has(callOf(change)));

const secondsOf = (ms: number): number => Math.round(ms / 1000) * 1000;

function sayLeft(by: number | undefined, what: string, { now, wired }: Live): string[] {
  const left = leftOf(by, now());
  if (by === undefined || left === undefined) return [];
  const at = sayInstant(by, wired.runbook.timezone);
  return [
    left >= 0
      ? `${what} within ${sayDuration(secondsOf(left))}, by ${at}`
      : `${what} overdue by ${sayDuration(secondsOf(-left))}, it was to be by ${at}`,
  ];
}

/** What is recorded, and nothing of what a rollback would do: only its plan knows that. */
const sayWayBack = ({ wayBack }: Live): string =>
  wayBack.tookMs === undefined
    ? 'how long a rollback takes here is not known: none is recorded'
    : `the last rollback here took ${sayDuration(secondsOf(wayBack.tookMs))}`;

/** `P0 · error rate POST /pay`, and for how long before it fired. */
function sayHead({ severity, rule, series, for_s: forS }: Change): string {
  const word = isWorse(severity, 'P2') ? 'ROLL BACK' : 'EVALUATE';
  const lasted = forS === null || forS === 0 ? '' : ` for ${sayDuration(forS * 1000)}`;
  return `${word} (${severity})   ${sayName(rule)}${sayPlace(series ?? undefined)}${lasted}`;
}

/** The two clocks of a call: until when to begin, and to be done. */
function sayClocks(change: Change, live: Live): string {
  const { severity, fired_at: at } = change;
  const clock = makeSeverityClock(severity, Date.parse(at ?? change.at), live.wired.runbook.severities ?? {});
  const begin = severity === 'P2' ? 'decide' : 'begin';
  return [...sayLeft(clock.startBy, begin, live), ...sayLeft(clock.doneBy, 'done', live)].join(' · ');
}

function makeCall(change: Change, live: Live): Alarm {
  const { severity } = change;
  const { severities } = live.wired.runbook;
  const who =
    severity === 'P0' || severity === 'P1' || severity === 'P2' ? severities?.[severity].who : undefined;
  return {
    ...{ level: severity, isLoud: true, head: sayHead(change) },
    lines: [
      sayClocks(change, live),
      who ?? '',
      `${sayWayBack(live)}; r shows what it does to data before it asks`,
    ].filter((line) => line !== ''),
    keys: live.hasKeys
      ? `r  roll back to ${live.wayBack.to}   a  acknowledge   w  keep watching (say why)`
      : '',
  };
}

/** Acknowledged, and still to be answered: its clocks go on. */
function makeQuiet(change: Change, live: Live): Alarm[] {
  const seen = live.acknowledged.get(callOf(change));
  if (seen === undefined) return [];
  const at = sayInstant(seen.at, live.wired.runbook.timezone);
  const lines = [`acknowledged by ${seen.by} at ${at}`, sayClocks(change, live)];
  const keys = `r  roll back to ${live.wayBack.to}   w  keep watching (say why)`;
  return [
    {
      ...{ level: change.severity, isLoud: false, head: sayHead(change), keys },
      lines: lines.filter((line) => line !== ''),
    },
  ];
}

function makeDecision(live: Live): Alarm[] {
  const { due, hasKeys } = live;
  if (due === undefined) return [];
  const keys = hasKeys ? 'd  how they decide' : '';
  return [{ level: 'hold', isLoud: true, head: due.head, lines: linesOf(due, live), keys }];
}

/** What people have to answer now: what shouts, else the gravest that was acknowledged, and the decision that is due. */
export function makeAlarms(live: Live): readonly Alarm[] {
  const [loud, call] = [findLoud(live), findCall(live)];
  if (loud !== undefined) return [makeCall(loud, live), ...makeDecision(live)];
  return [...(call === undefined ? [] : makeQuiet(call, live)), ...makeDecision(live)];
}
