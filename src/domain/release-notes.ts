import type { JsonObject } from './json.ts';

/** The lines of one version's section of a changelog; empty when it has none. */
export function findSection(changelog: string, version: string): readonly string[] {
  const bare = version.replace(/^v/, '');
  const lines = changelog.split(/\r?\n/);
  const isOwn = (line: string): boolean => {
    const found = /^##\s+\[?v?(\d[\w.-]*)\]?/.exec(line)?.[1];
    return found === bare;
  };
  const start = lines.findIndex(isOwn);
  if (start < 0) return [];
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^##\s/.test(line));
  return end < 0 ? rest : rest.slice(0, end);
}

interface Entry {
  readonly heading: string;
  readonly title: string;
  readonly text: string;
}

function readEntries(lines: readonly string[]): readonly Entry[] {
  let heading = '';
  return lines.flatMap((line) => {
    heading = /^###\s+(.+?)\s*$/.exec(line)?.[1]?.toLowerCase() ?? heading;
    const said = /^[-*]\s+(.+?)\s*$/.exec(line)?.[1];
    if (said === undefined) return [];
    const colon = said.indexOf(': ');
    const [title, text] = colon < 0 ? [said, ''] : [said.slice(0, colon), said.slice(colon + 2)];
    return [{ heading, title, text }];
  });
}

/**
 * What a changelog says about a version, as the notes of its messages (COM-01d). The edited section is the truth:
 * `- title: text` lines under Features (or Added) and Fixes (or Fixed). No section gives no notes.
 */
export function readReleaseNotes(changelog: string, version: string): JsonObject {
  const entries = readEntries(findSection(changelog, version));
  const under = (...headings: readonly string[]) =>
    entries.filter((entry) => headings.includes(entry.heading));
  const fixes = under('fixes', 'fixed', 'bug fixes');
  return {
    features: under('features', 'added').map(({ title, text }) => ({ title, text: text || null })),
    fixes: fixes.length,
    critical_fixes: fixes.filter(({ title, text }) => /\bseverity: p[01]\b/i.test(`${title}: ${text}`))
      .length,
  };
}

/** Where the notes of a version are read: `links.notes` of the configuration with the version, v and all, in its place. */
export const notesAddress = (pattern: string, version: string): string =>
  pattern.replaceAll('{version}', () => version);
