import { countGap, type Gap, type GapOrigin, type GapTable } from '../domain/gap/gap.ts';
import { plural } from '../domain/plural.ts';
import { oneLine } from '../domain/screen-text.ts';
import { alignColumns, wrapWords } from './table.ts';

const WIDTH = 78;
const HEAD = ['table', 'lost', 'changed', 'deleted', 'in conflict'];

const shown = (name: string): string => oneLine(name, 32);

const asRow = ({ name, lost, changed, deleted, conflicts }: GapTable): string[] => [
  shown(name),
  ...[lost, changed, deleted, conflicts].map(({ length }) => (length === 0 ? '·' : String(length))),
];

/** By reason, without keys: a key may be somebody's address, and a screen is read by many. */
const sayConflicts = ({ tables }: Gap): string[] =>
  tables.flatMap(({ name, conflicts }) => {
    const reasons = [...new Set(conflicts.map(({ why }) => why))];
    const count = (why: string): number => conflicts.filter((one) => one.why === why).length;
    return reasons.map((why) => `  ✖ ${shown(name)}: ${plural(count(why), 'row')} ${why}`);
  });

/** What a person must know before the file is applied. */
function sayLimits({ tables, uncompared }: Gap): string[] {
  const leftOut = tables.filter(
    ({ leftOut: columns, lost, changed }) => columns.length > 0 && lost.length + changed.length > 0,
  );
  const acting = tables.filter(
    ({ hasTriggers, lost, changed }) => hasTriggers && lost.length + changed.length > 0,
  );
  return [
    ...uncompared.map(
      ({ name, rows, why }) => `${shown(name)} was not compared (${plural(rows, 'row')} written): ${why}`,
    ),
    ...leftOut.map(
      ({ name, leftOut: columns }) =>
        `${shown(name)}: ${columns.map(shown).join(', ')} cannot come back, the column is not there any more`,
    ),
    ...(acting.length > 0 ? [`triggers will run: ${acting.map(({ name }) => shown(name)).join(', ')}`] : []),
  ].map((line) => `  ▲ ${line}`);
}

const sayTables = (gap: Gap): string[] =>
  gap.tables.length === 0
    ? ['  No row is missing that could be told.']
    : [...alignColumns([HEAD, ...gap.tables.map(asRow)])];

const saySums = (gap: Gap): string => {
  const { lost, changed, deleted, conflicts } = countGap(gap);
  const back = `${plural(lost, 'row')} lost, ${plural(changed, 'change')} lost`;
  return `  ${back}; for a person: ${plural(deleted, 'deletion')}, ${plural(conflicts, 'conflict')}`;
};

/** True when nothing stands between the present state and what was there before the restore. */
export const isWhole = (gap: Gap): boolean =>
  gap.tables.length === 0 && gap.uncompared.length === 0 && gap.sequences.length === 0;

/** The gap of a restore for a person: what can come back, and what somebody has to decide. */
export function sayGap(gap: Gap, { env, run, keptAs, at }: GapOrigin): string {
  const head = `  What the restore of ${env} took: written after ${at}, kept as ${shown(keptAs)} (run ${run})`;
  const lines = [...sayConflicts(gap), ...sayLimits(gap)];
  return [
    ...wrapWords(head.trim(), WIDTH).map((line) => `  ${line}`),
    '',
    ...sayTables(gap),
    '',
    saySums(gap),
    ...(lines.length > 0 ? ['', ...lines] : []),
  ].join('\n');
}
