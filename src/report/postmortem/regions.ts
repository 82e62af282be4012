import { hash } from 'node:crypto';

/** The parts that the program writes; everything between them is for people. */
export const PARTS = [
  'facts',
  'timeline',
  'change',
  'impact',
  'performance',
  'evidence',
  'metrics',
  'follow-up',
] as const;
export type Part = (typeof PARTS)[number];
export type Parts = Readonly<Record<Part, string>>;

const begin = (part: Part): string => `<!-- release: ${part}, written anew by --update -->`;

/** Tells a part as it was written from one into which somebody has written. */
const markOf = (text: string): string => hash('sha256', text.trim()).slice(0, 8);

/** The mark at the end, with what it says of the text before it; older programs said nothing. */
const endOf = (part: Part): RegExp => new RegExp(`<!-- release: end of ${part}(?:, ([0-9a-f]{8}))? -->`);

/** A part between its marks. */
export const region = (part: Part, text: string): string =>
  `${begin(part)}\n${text}\n<!-- release: end of ${part}, ${markOf(text)} -->`;

/** A part as it stands in a document; `isEdited`: it is not as it was written. */
export interface Found {
  readonly before: string;
  readonly inside: string;
  readonly after: string;
  readonly isEdited: boolean;
}

/** Parts that documents of older programs do not have. */
const YOUNG: readonly Part[] = ['follow-up', 'performance', 'metrics'];

/** True where a document is older than the part: nothing in it is the part's, and nothing is missing. */
export const isBefore = (document: string, part: Part): boolean =>
  YOUNG.includes(part) && !document.includes(begin(part)) && !endOf(part).test(document);

/** A part with what stands around it; undefined when its marks are missing, doubled or crossed. */
export function findRegion(document: string, part: Part): Found | undefined {
  const [before, inside, ...more] = document.split(begin(part));
  if (before === undefined || inside === undefined || more.length > 0) return undefined;
  const [old, mark, after, ...rest] = inside.split(endOf(part));
  if (old === undefined || after === undefined || rest.length > 0) return undefined;
  if (PARTS.some((other) => old.includes(begin(other)) || endOf(other).test(old))) return undefined;
  // An emptied part holds nothing that could be lost.
  const isEdited = mark !== undefined && old.trim() !== '' && markOf(old) !== mark;
  return { before, inside: old.trim(), after, isEdited };
}

/** The mark with which a part begins, for whoever has to put it back. */
export const sayMarks = (part: Part): string => `"${begin(part)}" and "<!-- release: end of ${part} -->"`;
