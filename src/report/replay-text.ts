import type { Change } from '../domain/watch/change.ts';
import type { Level } from '../domain/watch/rule.ts';
import { rankOf } from '../domain/watch/rule.ts';
import type { Tally, WatchVerdict } from '../domain/watch/tally.ts';
import type { Look } from './look.ts';
import { alignColumns, wrapWords } from './table.ts';
import { type SayTime, sayChange } from './watch-lines.ts';

/** What rules said of a record. */
export interface Replayed {
  /** Name of the rules. */
  readonly name: string;
  readonly changes: readonly Change[];
  readonly tally: Tally;
  readonly verdict: WatchVerdict;
  /** Rules that nothing in the file measures. */
  readonly unmeasured: readonly string[];
}

/** One decision under each set of rules. */
export interface Decision {
  readonly what: string;
  readonly said: readonly string[];
  readonly flips: boolean;
}

const sayLevel = (level: Level | undefined, good: string): string => {
  if (level === undefined) return 'not reached';
  if (rankOf(level) <= rankOf('P3')) return good;
  return level === 'hold' ? 'HOLD' : `ROLL BACK? (${level})`;
};

/** As at the end of a watch: what nobody knew for a part of it was not shown to be well then. */
function sayComplete({ decision4, silent }: Tally): string {
  const said = sayLevel(decision4, 'RELEASE COMPLETE');
  const isHoled = silent !== undefined && said === 'RELEASE COMPLETE';
  return isHoled ? `NOT COMPLETE: ${silent} fell silent in it` : said;
}

/** What people would have been told at every point, under each set of rules; one that differs flips. */
export function listDecisions(all: readonly Replayed[], failOn: Level, sayTime: SayTime): Decision[] {
  const points: readonly [string, (one: Replayed) => string][] = [
    [
      `roll back (${failOn})`,
      ({ tally: { rolledBack } }) =>
        rolledBack === undefined
          ? 'never'
          : `${sayTime(Date.parse(rolledBack.at))}  ${rolledBack.severity} ${rolledBack.rule}`,
    ],
    ['decision 3', ({ tally }) => sayLevel(tally.decision3, 'SUCCESS')],
    ['decision 4', ({ tally }) => sayComplete(tally)],
    ['at the end', ({ verdict }) => verdict],
  ];
  return points.map(([what, say]) => {
    const said = all.map(say);
    return { what, said, flips: new Set(said).size > 1 };
  });
}

const MOST_LINES = 200;

function sayChanges(replayed: Replayed, sayTime: SayTime, look: Look): string[] {
  const { name, unmeasured } = replayed;
  // That nothing measures them is said once, at the end.
  const changes = replayed.changes.filter(({ rule }) => !unmeasured.includes(rule));
  const shown = changes.slice(0, MOST_LINES).map((one) => sayChange(one, sayTime, look));
  const rest = changes.length - shown.length;
  const more = rest > 0 ? [`  … ${rest} more: --events <file> has every line`] : [];
  return [
    look.paint.bold(`  ${name}`),
    ...(shown.length > 0 ? shown : ['  nothing above its limit']),
    ...more,
    '',
  ];
}

function sayUnmeasured({ unmeasured, name }: Replayed, { paint }: Look): string[] {
  if (unmeasured.length === 0) return [];
  const said = `not in the file, and so HOLD by ${name}: ${unmeasured.join(', ')}`;
  return wrapWords(said, 76).map((line) => paint.dim(`  ${line}`));
}

/** A replay as people read it: every change under each set of rules, then the decisions side by side. */
export function sayReplay(
  all: readonly Replayed[],
  decisions: readonly Decision[],
  sayTime: SayTime,
  look: Look,
): string {
  const head = ['', ...(all.length > 1 ? all.map(({ name }) => name) : []), ''];
  const rows = decisions.map(({ what, said, flips }) => [what, ...said, flips ? '← flips' : '']);
  const table = alignColumns(all.length > 1 ? [head, ...rows] : rows);
  return [
    ...all.flatMap((one) => sayChanges(one, sayTime, look)),
    ...table,
    '',
    ...all.flatMap((one) => sayUnmeasured(one, look)),
  ]
    .join('\n')
    .trimEnd();
}
