import { sayDuration } from '../domain/duration.ts';
import type { Plan, PlanEntry } from '../domain/plan.ts';
import { oneLine } from '../domain/screen-text.ts';
import { wrapWords } from './table.ts';

/** Lines about a plan that only the command knows: what is live, what the gate said, what a restore would take. */
export interface PlanNotes {
  /** Short name of the plan, for people to refer to. */
  readonly id: string;
  readonly address: string;
  readonly isProtected: boolean;
  readonly sandbox: boolean;
  /** `label`, `text` pairs above the list. */
  readonly above: readonly (readonly [string, string])[];
  /** The same below it. */
  readonly below: readonly (readonly [string, string])[];
}

const TITLE_WIDTH = 46;
const COLUMNS = 80;
/** What a mark for "cut here" grows by where only ASCII can be shown. */
const MARK_GROWS = 2;

const STOP: Record<PlanEntry['stop'], string> = {
  safe: 'stop: safe',
  after: 'stop: after',
  'never-between': 'stop: never',
};

function entryLine(entry: PlanEntry, index: number): string {
  const usual = entry.usualMs === undefined ? '' : `~${sayDuration(entry.usualMs)}`;
  const line = `  ${String(index + 1).padStart(2)}  ${oneLine(entry.title, TITLE_WIDTH).padEnd(TITLE_WIDTH)}  ${usual.padEnd(11)} ${STOP[entry.stop]}`;
  return line.trimEnd();
}

const LABEL_WIDTH = 10;
const LONGEST_NOTE = 600;

/** A label and its text, which goes on below itself when the screen ends. */
const noteLines = ([label, text]: readonly [string, string]): string[] =>
  wrapWords(oneLine(text, LONGEST_NOTE), COLUMNS - LABEL_WIDTH - 3).map((line, i) =>
    `  ${(i === 0 ? label : '').padEnd(LABEL_WIDTH)} ${line}`.trimEnd(),
  );

const banner = (env: string, notes: PlanNotes): string =>
  `${notes.sandbox ? 'SANDBOX  ' : ''}${notes.isProtected ? `███ ${env.toUpperCase()} ███` : env}  `;

/** What is planned, where, and the address as far as there is room. */
function headLine(plan: Plan, notes: PlanNotes): string {
  const arrow = plan.command === 'rollback' ? `--to ${plan.version}` : plan.version;
  const left = `release ${plan.command} ${arrow}    ${banner(plan.env, notes)}`;
  const room = COLUMNS - MARK_GROWS - left.length;
  return room < 8 ? left.trimEnd() : `${left}${oneLine(notes.address, room)}`;
}

/** The plan as people read it before they agree: 80 columns, one entry a line, the way back at the end (ux 2.11). */
export function writePlan(plan: Plan, notes: PlanNotes): string {
  return [
    headLine(plan, notes),
    '',
    ...notes.above.flatMap(noteLines),
    ...noteLines(['plan', notes.id]),
    ...plan.entries.map(entryLine),
    ...notes.below.flatMap(noteLines),
  ].join('\n');
}
