import { oneLine } from '../../domain/screen-text.ts';
import { type Candidate, findPlace } from './find-place.ts';
import { listLive, type Sources } from './live-values.ts';

/**
 * What a shell may put into a line without asking: a name that somebody else chose (of a tag, an environment) must never
 * become a command there.
 */
const PLAIN = /^[A-Za-z0-9@%+:,./_-]+$/;

/** A tag or a title in one piece: the tab ends the word, the line ends the candidate. */
const lineOf = ({ value, about }: Candidate): string => `${value}\t${oneLine(about, 80)}`;

async function listCandidates(
  words: readonly string[],
  sources: Sources,
): Promise<readonly Candidate[] | 'files'> {
  const place = findPlace(words);
  if (place.kind === 'files') return 'files';
  if (place.kind === 'live') return listLive(place.of, place.command, sources);
  return place.kind === 'words' ? place.words : [];
}

/**
 * Answers a shell: a candidate a line with what it means behind a tab, or `:files` when a file is wanted. The words are
 * those behind the program's name, the last one unfinished and perhaps empty.
 */
export async function complete(words: readonly string[], sources: Sources): Promise<string> {
  const found = await listCandidates(words, sources);
  if (found === 'files') return ':files';
  const begun = (words.at(-1) ?? '').replace(/^--[\w-]+=/, '').replace(/^=$/, '');
  return found
    .filter(({ value }) => value.startsWith(begun) && PLAIN.test(value))
    .map(lineOf)
    .join('\n');
}
