import { sayDayOf } from '../domain/calendar/say-moment.ts';
import { findDue } from '../domain/prepare/find-due.ts';
import type { RunState } from '../ledger/fold.ts';
import { PHASES_AHEAD, type Phase } from '../ledger/fold-phases.ts';
import type { PreparedVersion } from '../ledger/fold-preparations.ts';
import { sayDue } from './due-text.ts';
import type { Look } from './look.ts';
import { row } from './status-rows.ts';
import { sayStrip } from './strip-text.ts';

/** What is prepared and not released; `unknown`: why the record of it could not be asked, and nothing of it was ever seen. */
export interface Prepared {
  readonly versions: readonly PreparedVersion[];
  /** A preparation that has not ended well. */
  readonly open?: RunState;
  readonly unknown?: string;
  /** Every version that has a candidate on record, released or not. */
  readonly known: readonly string[];
}

const WAY: readonly Phase[] = [{ name: 'prepare', state: 'done' }, ...PHASES_AHEAD];

/** At a terminal its way is drawn; elsewhere the words say it. */
const sayWay = (look: Look | undefined): readonly string[] =>
  look === undefined ? [] : [sayStrip(WAY, look)];

function sayOne({ candidate, day, days }: PreparedVersion, today: string): readonly string[] {
  if (day === undefined) return [`${candidate}, no day is planned`];
  const due = findDue(days, today).map(sayDue);
  const passed = day < today ? ', which has passed' : '';
  return [`${candidate}, planned for ${sayDayOf(day)}${passed}`, ...due];
}

const sayOpen = ({ plan, actor, run }: RunState): string =>
  `${plan.version}: its preparation by ${actor} is half way (${run}); nothing of it counts before it has ended`;

/** What is prepared and not released: its candidate, its day and what the plan asks for today (PRE-33). `look`: of a terminal. */
export function sayPrepared(
  { versions, unknown, open }: Omit<Prepared, 'known'>,
  today: string,
  look?: Look,
): readonly string[] {
  const lines = [
    ...(unknown === undefined ? [] : [`not known: ${unknown}`]),
    ...(open === undefined ? [] : [sayOpen(open)]),
    ...versions.flatMap((one) => [...sayOne(one, today), ...sayWay(look)]),
  ];
  return lines.length === 0 ? [] : ['', ...lines.flatMap((line, i) => row(i === 0 ? 'prepared' : '', line))];
}
