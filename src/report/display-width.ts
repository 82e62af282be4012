const PLAIN = /^[\x20-\x7e]*$/;
const ANSI = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
const NO_WIDTH = /\p{Mn}|\p{Me}|\p{Cf}/u;
/** East Asian wide and fullwidth (UAX 11), and what a terminal draws as a picture. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;

/** Columns of one letter on a screen: 0, 1 or 2. */
export const widthOfLetter = (letter: string): number =>
  NO_WIDTH.test(letter) ? 0 : WIDE.test(letter) ? 2 : 1;

/** A text as it is read: without its colours. */
export const plainOf = (text: string): string => text.replace(ANSI, '');

/** Columns that a text takes on a screen: colour codes take none, letters of East Asia and pictures two. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const letter of plainOf(text)) width += widthOfLetter(letter);
  return width;
}
