import type { Change, ChangeKind, Changes } from './list-changes.ts';

const HEADINGS: readonly (readonly [ChangeKind, string])[] = [
  ['breaking', 'Breaking changes'],
  ['features', 'Features'],
  ['fixes', 'Fixes'],
  ['other', 'Other changes'],
];

const short = (sha: string): string => sha.slice(0, 7);

/**
 * A stranger's words as text (T12, T15): no HTML, no link, no picture. What else Markdown knows changes how a line looks and
 * not what it does, and stays as it was written: messages take their words from here.
 */
const asText = (text: string): string =>
  text.replace(/<(?=[a-z/!?])/gi, '\\<').replace(/\](?=[([:])/g, '\\]');

const titleOf = ({ scope, text, isBreaking, kind }: Change): string => {
  const mark = isBreaking && kind !== 'breaking' ? 'breaking: ' : '';
  return asText(`${mark}${scope === undefined ? '' : `${scope}: `}${text}`);
};

const sayPulls = (pulls: readonly number[]): readonly string[] => pulls.map((pull) => `#${pull}`);

const lineOf = (change: Change): string =>
  `- ${titleOf(change)} (${[...sayPulls(change.pulls), ...change.commits.map(short)].join(', ')})`;

const under = (heading: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `### ${heading}`, '', ...lines];

const sayTakenBack = ({ text, commit, by, pulls }: Changes['takenBack'][number]): string =>
  `- ${asText(text)} (${[...sayPulls(pulls.filter((pull) => !text.includes(`(#${pull})`))), short(commit)].join(', ')}; taken back by ${short(by)})`;

/**
 * The section of a version, without an empty line at its end: `## [2.2.0] - 2026-12-01` and a list for each kind of change.
 * `version` without its v, `day` like `2026-12-01`.
 */
export function writeSection(
  version: string,
  day: string,
  { changes, takenBack, otherPulls }: Changes,
): string {
  const lists = HEADINGS.flatMap(([kind, heading]) =>
    under(heading, changes.filter((change) => change.kind === kind).map(lineOf)),
  );
  const nothing = changes.length === 0 ? ['', '- No change of the application.'] : [];
  const back = under('Taken back before the release', takenBack.map(sayTakenBack));
  const more =
    otherPulls.length === 0
      ? []
      : ['', `Pull requests without a line of their own: ${sayPulls(otherPulls).join(', ')}`];
  return [`## [${version}] - ${day}`, ...nothing, ...lists, ...back, ...more].join('\n');
}
