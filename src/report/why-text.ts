import { sayInstant } from '../domain/calendar/say-moment.ts';
import { minutes, sayDuration } from '../domain/duration.ts';
import type { JsonObject } from '../domain/json.ts';
import { oneLine } from '../domain/screen-text.ts';
import type { Change } from '../domain/watch/change.ts';
import type { WatchRecord } from '../ledger/fold-watch.ts';
import type { Look } from './look.ts';
import { listReasons } from './messages/say-headline.ts';
import { sayChange } from './watch-lines.ts';

/** What a watch of one environment has to do with its status. */
export interface WatchStanding {
  readonly env: string;
  readonly record: WatchRecord;
}

interface Telling {
  readonly now: number;
  readonly zone: string;
  readonly everyMinutes: number;
  /** Rules by id: their words in the runbook, and the rows of their bands. */
  readonly rules: Readonly<
    Record<string, { readonly title: string; readonly bands: readonly { readonly row: string }[] }>
  >;
}

const INDENT = ' '.repeat(18);

const leftText = (by: unknown, what: string, now: number): string[] => {
  if (typeof by !== 'string') return [];
  const left = Date.parse(by) - now;
  return [left >= 0 ? `${what} within ${sayDuration(left)}` : `${what} overdue by ${sayDuration(-left)}`];
};

/** The row that fired; of what is not known, all rows that it leaves open. */
function sayRows({ rule, row }: Change, { rules }: Telling): string {
  if (row !== null) return `runbook row ${oneLine(row)}`;
  const rows = [...new Set((rules[rule]?.bands ?? []).map((band) => band.row))];
  return rows.length === 0 ? 'no row of the runbook' : `leaves open ${rows.join(', ')} of the runbook`;
}

function sayOne(change: JsonObject, telling: Telling, look: Look): string[] {
  const { now, zone, rules } = telling;
  const told = change as unknown as Change;
  const clocks = [...leftText(change.start_by, 'start', now), ...leftText(change.done_by, 'done', now)];
  const why = typeof change.why === 'string' ? change.why : '';
  return [
    sayChange(told, (at) => sayInstant(at, zone), look),
    ...(why === '' ? [] : [`${INDENT}${oneLine(why)}`]),
    `${INDENT}${rules[told.rule]?.title ?? told.rule}; ${sayRows(told, telling)}`,
    ...(clocks.length === 0 ? [] : [`${INDENT}${clocks.join(', ')}`]),
  ];
}

const MOST_NOTES = 20;

/** What a person told the watch: something declared, a complaint, or what was done. */
function sayNote({ id, data }: WatchRecord['notes'][number]): string {
  const kind = data.complaint === undefined ? 'note' : `complaint ${data.complaint}`;
  return `  ${oneLine(id)}  ${oneLine(data.severity ?? kind)}  ${oneLine(`${data.text} (${data.by})`)}`;
}

/** What keeps it from being well beside the rules that are not. What an older program did not record is not known. */
function listDoubts({
  data: { level, building, doubt },
}: NonNullable<WatchRecord['stood']>): readonly string[] {
  if (building === undefined || doubt === undefined)
    return ['whether something was above a limit for less than its time, or in doubt, is not on record'];
  return listReasons([], { level, building, doubt, above: [], unknown: [] });
}

/** What holds or is not known, as the watch recorded it last; nothing on record is nothing known, and never good. */
function sayStanding({ stood, calling, ended }: WatchRecord, telling: Telling, look: Look): string[] {
  if (stood === undefined)
    return ended === undefined ? ['  no watch is on record: nothing is known of how it stands'] : [];
  const called = new Set(calling.map(({ rule }) => rule));
  const rules = stood.data.rules.filter(({ rule }) => !called.has(rule ?? null));
  const at = sayInstant(Date.parse(stood.at), telling.zone);
  const age = sayDuration(Math.max(0, telling.now - Date.parse(stood.at)));
  const when = `recorded at ${at}, ${age} ago, and nothing else since`;
  const doubts = listDoubts(stood);
  if (rules.length + calling.length + doubts.length === 0 && stood.data.level === 'ok')
    return [`  all that has to be known was measured, and nothing was above its limit: ${when}`];
  if (rules.length + doubts.length === 0) return [];
  return [
    `  not well or not known: ${when}`,
    ...doubts.map((doubt) => `    ${oneLine(doubt)}`),
    ...rules.flatMap((rule) => sayOne(rule, telling, look)),
  ];
}

/** `release status --why`: each rule that calls, holds or is not known, its samples, its rows of the runbook and its clocks. */
export function sayWhy({ env, record }: WatchStanding, telling: Telling, look: Look): string[] {
  const { calling, ended, notes } = record;
  return [
    '',
    `${env}: why`,
    ...(calling.length > 0
      ? calling.flatMap((change) => sayOne(change, telling, look))
      : ['  no rule calls for a rollback']),
    ...sayStanding(record, telling, look),
    ...(ended === undefined ? [] : [`  the last watch ended: ${oneLine(ended.said)}`]),
    ...notes.slice(-MOST_NOTES).map(sayNote),
  ];
}

/** Said whenever promised updates stay away; undefined when they do not (E-103). */
export function sayOverdue(
  { env, record }: WatchStanding,
  { now, everyMinutes }: Telling,
): string | undefined {
  if (record.toldAt === undefined || record.ended !== undefined) return undefined;
  const late = now - Date.parse(record.toldAt) - minutes(everyMinutes);
  return late > minutes(1)
    ? `  ${env}: updates are overdue by ${sayDuration(late)}; release watch posts them`
    : undefined;
}
