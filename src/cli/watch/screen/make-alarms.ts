import { sayInstant } from '../../../domain/calendar/say-moment.ts';
import { sayDuration } from '../../../domain/duration.ts';
import type { Change } from '../../../domain/watch/change.ts';
import { isWorse, rankOf } from '../../../domain/watch/rule.ts';
import { leftOf, makeSeverityClock } from '../../../domain/watch/severity-clock.ts';
import { sayName, sayPlace } from '../../../report/watch-screen/say-metric.ts';
import type { Alarm } from '../../../report/watch-screen/scene.ts';
import { callOf, type Live } from '../live.ts';

/** The gravest that calls now and that nobody has decided to keep watching in spite of. */
export function findCall({ calling, kept }: Pick<Live, 'calling' | 'kept'>): Change | undefined {
  const open = [...calling.values()].filter((change) => !kept.has(callOf(change)));
  return open.sort((a, b) => rankOf(b.severity) - rankOf(a.severity))[0];
}

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

function makeCall(change: Change, live: Live): Alarm {
  const { severity, fired_at: at } = change;
  const { severities } = live.wired.runbook;
  const clock = makeSeverityClock(severity, Date.parse(at ?? change.at), severities ?? {});
  const begin = severity === 'P2' ? 'decide' : 'begin';
  const who =
    severity === 'P0' || severity === 'P1' || severity === 'P2' ? severities?.[severity].who : undefined;
  return {
    level: severity,
    head: sayHead(change),
    lines: [
      [...sayLeft(clock.startBy, begin, live), ...sayLeft(clock.doneBy, 'done', live)].join(' · '),
      who ?? '',
      `${sayWayBack(live)}; r shows what it does to data before it asks`,
    ].filter((line) => line !== ''),
    keys: live.hasKeys ? `r  roll back now to ${live.wayBack.to}   w  keep watching (say why)` : '',
  };
}

/** What people have to answer now: the gravest call, and the decision that is due. */
export function makeAlarms(live: Live): readonly Alarm[] {
  const call = findCall(live);
  const { due, hasKeys } = live;
  return [
    ...(call === undefined ? [] : [makeCall(call, live)]),
    ...(due === undefined
      ? []
      : [
          {
            level: 'hold' as const,
            head: due.head,
            lines: due.lines,
            keys: hasKeys ? 'a  write down what they answered' : '',
          },
        ]),
  ];
}
