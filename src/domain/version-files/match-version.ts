const NUMBER =
  '(\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}(?:-[0-9A-Za-z-]{1,30}(?:\\.[0-9A-Za-z-]{1,30}){0,5})?)(?!\\.?\\w)';

const literally = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');

/** Finds a match like `APP_VERSION={version}` in a text: not inside of a longer word, and with a whole version. */
export function patternOf(match: string): RegExp {
  const [ahead = '', behind = ''] = match.split('{version}');
  const start = /^\w/.test(ahead) ? '(?<!\\w)' : '';
  return new RegExp(`${start}${literally(ahead)}v?${NUMBER}${literally(behind)}`, 'g');
}

/** A text with every version that a match finds taken out: what is left is the same in two releases. */
export const withoutVersions = (text: string, matches: readonly string[]): string =>
  matches.reduce((left, match) => left.replace(patternOf(match), () => match), text);
