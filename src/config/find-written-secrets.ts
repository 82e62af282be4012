import { problemInRange, type Source } from './parse-yaml.ts';
import type { Problem } from './problem.ts';

const SHAPES: readonly [string, RegExp][] = [
  ['a Stripe key', /\b[sr]k_(?:live|test)_[A-Za-z0-9]{6,}/g],
  ['a webhook secret', /\bwhsec_[A-Za-z0-9+/=_-]{6,}/g],
  ['a Neon key', /\bnapi_[A-Za-z0-9]{6,}/g],
  ['a Slack token', /\bxox[abeprs]-[A-Za-z0-9-]{6,}/g],
  ['a Slack webhook', /hooks\.slack\.com\/services\/[A-Za-z0-9/]{6,}/g],
  ['a password in an address', /[a-z]{2,20}:\/\/[^\s:/@]{1,100}:[^\s@/]{1,200}@/g],
];

/** Secrets are named, never written: values found in the file, told without repeating them. */
export function findWrittenSecrets(source: Source): readonly Problem[] {
  return SHAPES.flatMap(([what, shape]) =>
    [...source.text.matchAll(shape)].map((match) => {
      const found = problemInRange(
        source,
        [match.index, match.index + match[0].length],
        `${what} is written here. Name it as $UPPER_CASE and set it in the environment; then replace the key, it is no longer secret.`,
      );
      return { ...found, source: '(line not shown)', col: found.col, width: 1 };
    }),
  );
}
