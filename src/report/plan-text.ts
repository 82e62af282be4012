import { sayDuration } from '../domain/duration.ts';
import type { Plan, PlanEntry } from '../domain/plan.ts';

/** Lines about a plan that only the command knows: what is live, what the gate said, what a restore would take. */
export interface PlanNotes {
  readonly address: string;
  readonly isProtected: boolean;
  readonly sandbox: boolean;
  /** `label`, `text` pairs above the list. */
  readonly above: readonly (readonly [string, string])[];
  /** The same below it. */
  readonly below: readonly (readonly [string, string])[];
}

const TITLE_WIDTH = 52;

const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, width - 1)}…`;

const STOP: Record<PlanEntry['stop'], string> = {
  safe: 'stop: safe',
  after: 'stop: after step',
  'never-between': 'do not stop here',
};

function entryLine(entry: PlanEntry, index: number): string {
  const usual = entry.usualMs === undefined ? '' : `~${sayDuration(entry.usualMs)}`;
  const line = `  ${String(index + 1).padStart(2)}  ${cut(entry.title, TITLE_WIDTH).padEnd(TITLE_WIDTH)}  ${usual.padEnd(6)} ${STOP[entry.stop]}`;
  return line.trimEnd();
}

const noteLine = ([label, text]: readonly [string, string]): string =>
  `  ${label.padEnd(9)} ${text}`.trimEnd();

const banner = (env: string, notes: PlanNotes): string =>
  `${notes.sandbox ? 'SANDBOX  ' : ''}${notes.isProtected ? `███ ${env.toUpperCase()} ███` : env}  ${notes.address}`;

/** The plan as people read it before they agree: 80 columns, one entry a line, the way back at the end (ux 2.11). */
export function writePlan(plan: Plan, notes: PlanNotes): string {
  const arrow = plan.command === 'rollback' ? `--to ${plan.version}` : plan.version;
  return [
    `release ${plan.command} ${arrow}    ${banner(plan.env, notes)}`,
    '',
    ...notes.above.map(noteLine),
    noteLine(['plan', plan.digest.slice(0, 8)]),
    ...plan.entries.map(entryLine),
    ...notes.below.map(noteLine),
  ].join('\n');
}
