const ESC = String.fromCharCode(27);
const CODE = new RegExp(`${ESC}\\[(\\d+)m`, 'g');
const RESET = `${ESC}[0m`;

/** What a closing code closes, as chalk writes them. */
const CLOSED_BY: Readonly<Record<string, RegExp>> = {
  0: /./,
  22: /^[12]$/,
  39: /^(?:3|9)\d$/,
  49: /^(?:4|10)\d$/,
};

function openAfter(open: readonly string[], line: string): readonly string[] {
  let codes = open;
  for (const [, code = ''] of line.matchAll(CODE)) {
    const closes = CLOSED_BY[code];
    codes = closes === undefined ? [...codes, code] : codes.filter((one) => !closes.test(one));
  }
  return codes;
}

/** Lines of one painted text, each painted by itself: a ground that runs on would fill the margin of the next line. */
export function carryColours(lines: readonly string[]): readonly string[] {
  let open: readonly string[] = [];
  return lines.map((line) => {
    const begun = open.map((code) => `${ESC}[${code}m`).join('');
    open = openAfter(open, line);
    const painted = begun === '' ? line : line.replace(/^ */, (margin) => margin + begun);
    return open.length === 0 ? painted : painted + RESET;
  });
}
