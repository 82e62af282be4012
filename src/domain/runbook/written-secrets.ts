/** A secret written out; the group is its value. Names, variables and samples are none. */
const LITERALS: readonly RegExp[] = [
  /["']?(?:password|passwd|pwd|secret|api[_-]?key|access[_-]?token)["']?\s*[:=]\s*["']([^"'\s$<{[*]{6,})["']/i,
  /\b((?:sk|rk)_live_\w{8,}|whsec_\w{16,})/,
  /\b(gh[pousr]_\w{30,}|xox[abp]-[\w-]{10,}|AKIA[A-Z0-9]{16}\b)/,
  /(-----BEGIN [A-Z ]*PRIVATE KEY-----)/,
  /\b\w+:\/\/[^\s:/@$<{]+:([^\s@$<{*]{4,})@[\w.-]+/,
];

/** Where the first written secret of a line begins, from 0; undefined without one. */
export function writtenSecretAt(line: string): number | undefined {
  const at = LITERALS.map((one) => line.search(one)).filter((found) => found >= 0);
  return at.length === 0 ? undefined : Math.min(...at);
}

/** The same text with a mark instead of each value: a finding that quotes a line must not spread what stands in it. */
export const hideWritten = (text: string): string =>
  LITERALS.reduce(
    (shown, one) =>
      shown.replace(new RegExp(one, `${one.flags}g`), (all, value: string) => all.replace(value, '…')),
    text,
  );
