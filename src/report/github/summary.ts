const encoder = new TextEncoder();
const sizeOf = (text: string): number => encoder.encode(text).length;

const CUT = '\n_The rest was left out: GitHub takes one MiB for a step. The log has all of it._\n';

/**
 * A step summary of at most `room` bytes: whole lines only, and a word about the rest when there is some. Empty when not
 * even that word fits.
 */
export function trimSummary(markdown: string, room: number): string {
  // A lone surrogate has no spelling in UTF-8: what is counted must be what is written.
  const text = new TextDecoder().decode(encoder.encode(markdown));
  if (sizeOf(text) <= room) return text;
  let left = room - sizeOf(CUT);
  if (left < 0) return '';
  const kept: string[] = [];
  for (const line of text.split('\n')) {
    left -= sizeOf(line) + 1;
    if (left < 0) break;
    kept.push(line);
  }
  return `${kept.map((line) => `${line}\n`).join('')}${CUT}`;
}
