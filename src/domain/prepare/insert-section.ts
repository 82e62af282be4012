const HEAD = '# Changelog\n\nWhat changed, newest first.\n';
const UNRELEASED = /^##\s+\[?unreleased\]?/i;
const SECTION = /^##\s/;

/** Lines that people gathered under "Unreleased", without the empty ones around them. */
const trim = (lines: readonly string[]): readonly string[] =>
  lines
    .join('\n')
    .trim()
    .split('\n')
    .filter((_, i, all) => all.length > 1 || all[i] !== '');

const gap = (lines: readonly string[]): readonly string[] =>
  lines.length > 0 && lines.at(-1) !== '' ? [...lines, ''] : lines;

/**
 * A changelog with a section put before the newest one. What people had gathered under "Unreleased" comes first in it; the
 * rest of the text, and how its lines end, stays as it is. Undefined text: a new changelog. `isWhole`: the section has what was gathered
 * in it, as a person edited it.
 */
export function insertSection(text: string | undefined, section: string, isWhole = false): string {
  const given = text === undefined || text.trim() === '' ? HEAD : text;
  const end = given.includes('\r\n') ? '\r\n' : '\n';
  const lines = given.split(/\r?\n/);
  const start = lines.findIndex((line) => SECTION.test(line));
  const at = start < 0 ? lines.length : start;
  const isGathered = UNRELEASED.test(lines[at] ?? '');
  const rest = lines.slice(isGathered ? at + 1 : at);
  const next = rest.findIndex((line) => SECTION.test(line));
  const gathered = isGathered ? trim(next < 0 ? rest : rest.slice(0, next)) : [];
  const older = isGathered ? (next < 0 ? [] : rest.slice(next)) : rest;
  const [title = '', ...own] = section.split('\n');
  const above = isGathered
    ? [...lines.slice(0, at + 1), '']
    : gap(lines.slice(0, at).join('\n').trimEnd().split('\n'));
  const body = gathered.length === 0 || isWhole ? own : ['', ...gathered, ...own];
  return [...above, title, ...body, '', ...older].join(end).replace(/(?:\r?\n)*$/, end);
}
