const SPECIAL = /[*?{]/;

/** True for a word that means more than the file of its name. */
export const isPattern = (word: string): boolean => SPECIAL.test(word);

/** `{a,b}` written out; braces in braces are taken for letters. */
function spreadBraces(pattern: string): readonly string[] {
  const [whole, inner = ''] = /\{([^{}]*)\}/.exec(pattern) ?? [];
  if (whole === undefined) return [pattern];
  return inner.split(',').flatMap((one) => spreadBraces(pattern.replace(whole, () => one)));
}

const TOKEN = /\*\*\/|\*+|\?|[^*?]+/g;
const MEANING: Readonly<Record<string, string>> = { '**/': '(?:[^/]+/)*', '*': '[^/]*', '?': '[^/]' };
const literal = (text: string): string => text.replace(/[.+^${}()|[\]\\]/g, '\\$&');

const toRegExp = (pattern: string): RegExp =>
  new RegExp(
    `^${(pattern.match(TOKEN) ?? []).map((one) => MEANING[one] ?? (one.startsWith('*') ? '.*' : literal(one))).join('')}$`,
  );

/** A test for paths with `/`: `*` and `?` stay inside of a folder, `**` goes through any, `{a,b}` is one or the other. */
export function matchPath(pattern: string): (path: string) => boolean {
  const all = spreadBraces(pattern).map(toRegExp);
  return (path) => all.some((one) => one.test(path));
}

/** The folder at which a pattern begins to be one: `a/b` of `a/b/*.sql`. */
export const folderOf = (pattern: string): string => {
  const before = pattern.slice(0, pattern.search(SPECIAL));
  return before.includes('/') ? before.slice(0, before.lastIndexOf('/') + 1) : '';
};
