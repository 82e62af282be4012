import { sayInstant } from '../domain/calendar/say-moment.ts';
import { minutes, sayDuration } from '../domain/duration.ts';
import type { JsonObject } from '../domain/json.ts';
import { oneLine } from '../domain/screen-text.ts';
import type { Change } from '../domain/watch/change.ts';
import type { WatchRecord } from '../ledger/fold-watch.ts';
import type { Look } from './look.ts';
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
  /** By row: its words in the runbook. */
  readonly rules: Readonly<Record<string, { readonly title: string }>>;
}

const leftText = (by: unknown, what: string, now: number): string[] => {
  if (typeof by !== 'string') return [];
  const left = Date.parse(by) - now;
  return [left >= 0 ? `${what} within ${sayDuration(left)}` : `${what} overdue by ${sayDuration(-left)}`];
};

function sayOne(change: JsonObject, { now, zone, rules }: Telling, look: Look): string[] {
  const told = change as unknown as Change;
  const clocks = [...leftText(change.start_by, 'start', now), ...leftText(change.done_by, 'done', now)].join(
    ', ',
  );
  const { title } = rules[told.rule] ?? { title: told.rule };
  return [
    sayChange(told, (at) => sayInstant(at, zone), look),
    `                  ${title}; runbook row ${told.row ?? 'none'}`,
    ...(clocks === '' ? [] : [`                  ${clocks}`]),
  ];
}

const MOST_NOTES = 20;

/** What a person told the watch: something declared, a complaint, or what was done. */
function sayNote({ id, data }: WatchRecord['notes'][number]): string {
  const complaint = data.complaint === undefined ? 'note' : `complaint ${data.complaint}`;
  const kind = data.decision === undefined ? complaint : `decision ${data.decision.point}`;
  return `  ${oneLine(id)}  ${oneLine(data.severity ?? kind)}  ${oneLine(`${data.text} (${data.by})`)}`;
}

/** `release status --why`: each rule that calls, its samples, its row of the runbook and its clocks. */
export function sayWhy({ env, record }: WatchStanding, telling: Telling, look: Look): string[] {
  const calling = record.calling.flatMap((change) => sayOne(change, telling, look));
  const notes = record.notes.slice(-MOST_NOTES).map(sayNote);
  return [
    '',
    `${env}: why`,
    ...(calling.length > 0 ? calling : ['  no rule calls for a rollback']),
    ...notes,
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
