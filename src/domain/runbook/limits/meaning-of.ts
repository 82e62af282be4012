import type { Meaning } from './limit.ts';

const NO_GO = /\bno[ -]?go\b/i;
const GO = /\bgo\b(?![ -]?live)/i;
const BAD =
  /\b(abort|postpone|do not (deploy|release|proceed)|roll(ing)?[ -]?back (required|trigger|if|when)|(immediate|urgent|evaluate|automatic) roll[ -]?back|P[012]\b|sev(erity)?[ -]?[012]\b|fail(ure)? (criteria|if|when)|red)\b/i;
const NOTE =
  /\b(monitor only|no (immediate )?action|P[34]|sev(erity)?[ -]?[34]|informational|note only|watch only)\b/i;
const GOOD =
  /\b(success|passes|pass(ing)? criteria|accept(ed|ance|able)|healthy|proceed|continue|ok|green)\b/i;

/** What follows for a number that is listed under these words; undefined where they do not say, or say both. */
export function meaningOf(group: string): Meaning | undefined {
  if (/^hold\b/i.test(group)) return 'hold';
  if (/\bsuccess (criteria|metrics)\b/i.test(group) && !NO_GO.test(group)) return 'good';
  const withoutNo = group.replace(new RegExp(NO_GO, 'gi'), '');
  if (NO_GO.test(group)) return GO.test(withoutNo) || /\//.test(group) ? undefined : 'bad';
  if (NOTE.test(group)) return 'note';
  if (/\bsuccess\b/i.test(group)) return 'good';
  if (BAD.test(group)) return 'bad';
  return GO.test(group) || GOOD.test(group) ? 'good' : undefined;
}
