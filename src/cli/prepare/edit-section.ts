import { ReleaseError } from '../../domain/failure.ts';
import { findSection } from '../../domain/release-notes.ts';
import { bareVersion, type Version } from '../../domain/version.ts';
import type { CliContext } from '../context.ts';
import { editText } from '../edit-text.ts';
import type { Wired } from '../wired.ts';
import type { Made } from './make-recipe.ts';

/** More is no changelog, and the plan that it stands in is kept in the ledger. */
const MOST = 64 * 1024;

/** What is on the branch already is changed there. */
export const isThere = (version: string, file: string, branch: string): ReleaseError =>
  new ReleaseError('E_FLAG_REFUSED', {
    what: `${file} has a section of ${version} already, and --edit is for one that is written now.`,
    next: `Change it on ${branch}, push, and prepare again; or leave --edit out.`,
    state: 'untouched',
  });

const unfit = (version: Version, why: string): ReleaseError =>
  new ReleaseError('E_EDITOR', {
    what: `What was written is no section of ${version}: ${why}.`,
    next: `Begin with "## [${bareVersion(version)}]", one section, and no secret in it. Nothing was done.`,
    state: 'untouched',
  });

const hintOf = (version: string, file: string): string =>
  `<!-- ${file} of ${version}, as it will be pushed. Keep the heading. An empty text gives the preparation up. This comment is taken off. -->\n`;

function refuseUnfit(text: string, version: Version, redact: (text: string) => string): void {
  const headings = text.split('\n').filter((line) => /^##\s/.test(line));
  if (findSection(text, version).length === 0 || !/^##\s/.test(text))
    throw unfit(version, 'its heading is gone');
  if (headings.length > 1) throw unfit(version, 'there are several sections in it');
  if (text.length > MOST) throw unfit(version, 'it is longer than 64 KiB');
  // The plan is recorded without secrets: one that goes on elsewhere would make another candidate, and this one would be published.
  if (redact(text) !== text) throw unfit(version, 'it holds what looks like a secret');
}

/**
 * The section of the changelog as a person wants it (--edit), before anything is planned or pushed. Throws what editText throws, E_EDITOR for a
 * text that is no section of the version, and E_FLAG_REFUSED where the branch has one already.
 */
export async function editSection(
  made: Made,
  branch: string,
  context: CliContext,
  wired: Wired,
): Promise<string> {
  const { version } = made.recipe;
  const { changelog: file } = wired.runbook.source;
  const { section, commit } = made.candidate;
  if (section === undefined) throw isThere(version, file, branch);
  const [heading = ''] = section.split('\n');
  const whole = (await wired.services.git.readFile(commit, file)) ?? '';
  const text = [heading, ...findSection(whole, version)].join('\n').trim();
  const name = `CHANGELOG-${version}.md`;
  const written = await editText(name, { text, hint: hintOf(version, file) }, context);
  refuseUnfit(written, version, context.redact);
  return written;
}
