import { plural } from '../domain/plural.ts';
import type { DatedPlan } from '../domain/prepare/lay-out-days.ts';
import type { Changes } from '../domain/prepare/list-changes.ts';
import { oneLine } from '../domain/screen-text.ts';
import { dayLines } from './day-lines.ts';
import { noteLines } from './note-lines.ts';
import { wrapWords } from './table.ts';

/** What a preparation would do, ready to be shown before anybody agrees. */
export interface PrepareStory {
  readonly version: string;
  readonly sandbox: boolean;
  readonly service: string;
  /** `label`, `text` pairs, in the order of reading. */
  readonly lines: readonly (readonly [string, string])[];
  /** What somebody should know before agreeing. */
  readonly warnings: readonly string[];
  /** The section of the changelog; undefined when there is one already. */
  readonly section: string | undefined;
  readonly dated: DatedPlan | undefined;
  readonly zone: string;
}

const COLUMNS = 80;
const MOST_LINES = 40;

const COUNTED = [
  ['breaking', 'breaking', 'breaking'],
  ['features', 'feature', 'features'],
  ['fixes', 'fix', 'fixes'],
  ['other', 'other', 'other'],
] as const;

/** `6 features, 9 fixes, 8 other; 8 of 23 have no type`, nothing left out. */
export function sayChanges({ changes, takenBack, untyped }: Changes): string {
  const counts = COUNTED.flatMap(([kind, one, many]) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return count === 0 ? [] : [plural(count, one, many)];
  });
  const parts = [
    counts.join(', ') || 'no change',
    ...(takenBack.length > 0 ? [`${takenBack.length} taken back`] : []),
    ...(untyped > 0 ? [`${untyped} of ${changes.length} ${untyped === 1 ? 'has' : 'have'} no type`] : []),
  ];
  return parts.join('; ');
}

function sectionLines(section: string | undefined): readonly string[] {
  if (section === undefined) return [];
  const lines = section.split('\n');
  const more = lines.length > MOST_LINES ? [`… and ${lines.length - MOST_LINES} lines more`] : [];
  return [
    '',
    ...[...lines.slice(0, MOST_LINES), ...more].map((line) => `  │ ${oneLine(line, COLUMNS - 4)}`.trimEnd()),
  ];
}

/** The preparation as people read it: what would change, the changelog, the days from T-7 to T+7 (ux 2.6). */
export function writePreparation(story: PrepareStory): string {
  const { version, sandbox, service, lines, warnings, section, dated, zone } = story;
  return [
    `release prepare ${version}    ${sandbox ? 'SANDBOX  ' : ''}${service}`,
    '',
    ...lines.flatMap(noteLines),
    ...warnings.flatMap((warning) =>
      wrapWords(`▲ ${oneLine(warning, 600)}`, COLUMNS - 4).map((line) => `  ${line}`),
    ),
    ...sectionLines(section),
    ...dayLines(dated, zone),
  ].join('\n');
}
