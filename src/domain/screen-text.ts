const ESCAPES =
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[PX^_][^\u001b]*\u001b\\|.)?/g;
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const BIDI = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Foreign text made safe for a terminal: no escape sequences, no control characters, no bidi tricks. */
export const cleanForScreen = (text: string): string =>
  text.replace(ESCAPES, '').replace(CONTROLS, '').replace(BIDI, '�');

// Most names and sentences are like this already; whoever looks at a hundred thousand of them replaces nothing.
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/** The same on one line, cut to `max` characters with an ellipsis. */
export function oneLine(text: string, max = 200): string {
  if (text.length <= max && PLAIN.test(text)) return text;
  const flat = cleanForScreen(text).replace(/\s+/g, ' ').trim();
  // Never in the middle of a letter that takes two units.
  return flat.length <= max ? flat : `${flat.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** What others say, to go into a sentence of ours: without the full stops at its end. */
export const withoutStop = (said: string): string => said.replace(/\.+$/, '');
