import { ReleaseError } from '../../domain/failure.ts';
import { findRegion, isBefore, PARTS, type Part, type Parts, region, sayMarks } from './regions.ts';

const torn = (file: string, part: Part): ReleaseError =>
  new ReleaseError('E_POSTMORTEM_TORN', {
    what: `${file} has no whole part "${part}" any more: its marks are missing, doubled or crossed.`,
    why: 'Only what stands between the marks is written anew; without them your own words could be lost.',
    next: `Put ${sayMarks(part)} back, or take the file away to have a new one made.`,
    state: 'untouched',
  });

const edited = (file: string, part: Part): ReleaseError =>
  new ReleaseError('E_POSTMORTEM_EDITED', {
    what: `Somebody wrote into the part "${part}" of ${file}, which --update would write anew.`,
    why: 'What a person wrote is never lost.',
    next: 'Move those words outside of its marks, leave nothing between them, and update again.',
    state: 'untouched',
  });

/**
 * The same document with its generated parts written anew, and every word outside of them kept. Throws E_POSTMORTEM_TORN, and
 * E_POSTMORTEM_EDITED where a person wrote between the marks.
 */
export const updateDocument = (document: string, file: string, parts: Parts): string =>
  PARTS.reduce((text, part) => {
    if (isBefore(text, part)) return text;
    const found = findRegion(text, part);
    if (found === undefined) throw torn(file, part);
    if (found.isEdited) throw edited(file, part);
    return `${found.before}${region(part, parts[part])}${found.after}`;
  }, document);
