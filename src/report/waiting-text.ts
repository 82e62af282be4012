import type { SignedPoint } from '../domain/approvals/payload.ts';
import type { Called, Turn } from '../domain/staffing/find-turn.ts';
import { sayPoint } from './approval-text.ts';
import { sayWhen } from './say-when.ts';
import { ageOf, type Moment, row } from './status-rows.ts';

/** A decision, or what comes before it, that people are waited for, or that one of them has said no to. */
export interface Waiting {
  readonly point: SignedPoint;
  readonly version: string;
  readonly said: string;
  /** Since when people have been asked (ISO). */
  readonly since: string;
  /** The roles that are waited for; none where somebody has said no. */
  readonly turns: readonly Turn[];
}

export type SayRole = (role: string) => string;

const sayCalled = ({ name, reachable }: Called): string =>
  `${name}${reachable ? '' : ' (away by the calendar)'}`;

/** `Product Owner: Pat Example, then Robin Example (DevOps Lead)`. */
function sayTurn({ role, onDuty, backup }: Turn, sayRole: SayRole): string {
  const first = onDuty === undefined ? 'NOBODY is named' : sayCalled(onDuty);
  const other = backup === undefined || backup.role === role ? '' : ` (${sayRole(backup.role)})`;
  const behind = backup === undefined ? '; nobody behind' : `, then ${sayCalled(backup)}${other}`;
  return `${sayRole(role)}: ${first}${behind}`;
}

function sayOne({ point, version, said, since, turns }: Waiting, moment: Moment, sayRole: SayRole): string[] {
  const head = `${sayPoint(point)} of ${version}`;
  if (turns.length === 0) return row('', `${head}: ${said}`);
  // Somebody who has signed asks why they are waited for again.
  const why = (said.match(/\([^()]+\)/g) ?? []).map((one) => `${one} `).join('');
  const asked = `${head} waits since ${sayWhen(since, moment.zone)} (${ageOf(since, moment)}) ${why}for`;
  return [...row('', asked), ...turns.flatMap((turn) => row('', `  ${sayTurn(turn, sayRole)}`))];
}

/** Who has to sign what, since when, and who comes behind them (docs/approvals.md). */
export const sayWaiting = (
  waiting: readonly Waiting[] | undefined,
  moment: Moment,
  sayRole: SayRole,
): readonly string[] => (waiting ?? []).flatMap((one) => sayOne(one, moment, sayRole));
