import type { Source } from './parse-yaml.ts';
import { readValues } from './parse-yaml.ts';
import { findPlace, type Path, problemInRange } from './place.ts';
import type { Problem } from './problem.ts';
import { SECRET_NAME } from './secret-name.ts';
import { isSecretPlace } from './shape.ts';

const SHAPES: readonly (readonly [string, RegExp])[] = [
  ['a Stripe key', /\b[sr]k_(?:live|test)_[A-Za-z0-9]{6,}/g],
  ['a webhook secret', /\bwhsec_[A-Za-z0-9+/=_-]{6,}/g],
  ['a Neon key', /\bnapi_[A-Za-z0-9]{6,}/g],
  ['a Slack token', /\bxox[abeprs]-[A-Za-z0-9-]{6,}/g],
  ['a Slack webhook', /hooks\.slack\.com\/services\/[A-Za-z0-9/]{6,}/g],
  ['a GitHub token', /\b(?:gh[opsu]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{16,})/g],
  ['a private key', /-----BEGIN [A-Z ]{3,40}-----/g],
  ['a password in an address', /[a-z]{2,20}:\/\/[^\s:/@]{0,100}:[^\s@/]{1,200}@/g],
];

const REMEDY =
  'Name it as $UPPER_CASE and set it in the environment; then replace it, because it is no longer secret';

interface Written {
  readonly what: string;
  readonly range: readonly [number, number];
}

const findWritten = (text: string): Written[] =>
  SHAPES.flatMap(([what, shape]) =>
    [...text.matchAll(shape)].map(({ 0: found, index }) => ({
      what,
      range: [index, index + found.length] as const,
    })),
  );

/** Lines of values that stand where a secret's name belongs: they may be the secret. */
function linesOfValues(source: Source, value: unknown, path: Path): number[] {
  if (value !== null && typeof value === 'object')
    return Object.entries(value).flatMap(([key, one]) =>
      linesOfValues(source, one, [...path, Array.isArray(value) ? Number(key) : key]),
    );
  const isName = typeof value === 'string' && SECRET_NAME.test(value);
  return isName || !isSecretPlace(path) ? [] : [findPlace(source, path).line];
}

/** The same source, whose lines with secrets are never shown again. Throws ReferenceError for too many aliases. */
export function hideSecrets(source: Source): Source {
  const data = readValues(source);
  let hidden: ReadonlySet<number> | undefined;
  const find = (): ReadonlySet<number> => {
    const written = findWritten(source.text).map(({ range }) => source.lines.linePos(range[0]).line);
    return new Set([...source.hidden, ...written, ...linesOfValues(source, data, [])]);
  };
  // Found when a line is shown: a configuration without a problem shows none, and the question takes a whole schema.
  return {
    ...source,
    get hidden() {
      hidden ??= find();
      return hidden;
    },
  };
}

/** Secrets are named, never written: values found in the file, told without repeating them. */
export const findWrittenSecrets = (source: Source): readonly Problem[] =>
  findWritten(source.text).map(({ what, range }) =>
    problemInRange(source, range, `${what} is written here. ${REMEDY}`),
  );
