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

const sayUncompared = ({ uncompared, unreadSequences }: Gap): string[] => [
  ...uncompared.map(({ name, rows, why }) => {
    const written =
      rows === undefined ? 'nobody could count what was written' : `${plural(rows, 'row')} written`;
    return `${shown(name)} was not compared (${written}): ${why}`;
  }),
  ...unreadSequences.map((name) => `${shown(name)} was not raised: the role may not read where it stands`),
];

const sayLeftOut = ({ tables }: Gap): string[] =>
  tables
    .filter(({ leftOut }) => leftOut.length > 0)
    .map(
      ({ name, leftOut, written }) =>
        `${shown(name)}: ${leftOut.map(shown).join(', ')} of ${plural(written, 'row')} cannot come back: gone, or of another type`,
    );

const saySince = ({ since }: Gap): string[] =>
  since.map(
    ({ name, rows }) =>
      `${shown(name)}: ${plural(rows, 'row')} there now alone: new, or deleted in the gap and touched since`,
  );

/** What a person must know before the file is applied. */
function sayLimits(gap: Gap, { holdsChanges }: GapOrigin): string[] {
  const acting = gap.tables.filter(
    ({ hasTriggers, lost, changed }) => hasTriggers && lost.length + changed.length > 0,
  );
  const isHeld = holdsChanges !== undefined && countGap(gap).changed > 0;
  return [
    ...(isHeld ? [`changes stand in the file as comments: ${holdsChanges}`] : []),
    ...sayUncompared(gap),
    ...sayLeftOut(gap),
    ...saySince(gap),
    ...(acting.length > 0
      ? [`triggers will run: ${acting.map(({ name }) => shown(name)).join(', ')}; decide this first`]
      : []),
  ].flatMap((line) => wrapWords(line, WIDTH - 2).map((part, at) => `  ${at === 0 ? '▲' : ' '} ${part}`));
}

/** Only a comparison of everything may say that nothing is missing. */
function sayTables(gap: Gap): string[] {
  if (gap.tables.length > 0) return [...alignColumns([HEAD, ...gap.tables.map(asRow)])];
  return gap.uncompared.length === 0
    ? ['  No row is missing that could be told.']
    : ['  What could be compared differs nowhere; not everything could.'];
}

function saySums(gap: Gap, { holdsChanges }: GapOrigin): string {
  const { lost, changed, deleted, conflicts } = countGap(gap);
  const changes = `${plural(changed, 'change')} lost`;
  const own = `${plural(deleted, 'deletion')}, ${plural(conflicts, 'conflict')}`;
  return holdsChanges === undefined
    ? `  ${plural(lost, 'row')} lost, ${changes}; for a person: ${own}`
    : `  ${plural(lost, 'row')} lost; for a person: ${changes}, ${own}`;
}

/** True when nothing stands between the present state and what was there before the restore. */
export const isWhole = (gap: Gap): boolean =>
  gap.tables.length + gap.uncompared.length + gap.sequences.length + gap.unreadSequences.length === 0;

/** The gap of a restore for a person: what can come back, and what somebody has to decide. */
export function sayGap(gap: Gap, origin: GapOrigin): string {
  const { env, run, keptAs, at } = origin;
  const head = `  What the restore of ${env} took: written after ${at}, kept as ${shown(keptAs)} (run ${run})`;
  const lines = [...sayConflicts(gap), ...sayLimits(gap, origin)];
  return [
    ...wrapWords(head.trim(), WIDTH).map((line) => `  ${line}`),
    '',
    ...sayTables(gap),
    '',
    saySums(gap, origin),
    ...(lines.length > 0 ? ['', ...lines] : []),
  ].join('\n');
}
