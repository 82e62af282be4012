import type { Difference, DifferenceKind } from './likeness.ts';

const KINDS: Readonly<Record<DifferenceKind, string>> = {
  'node-version': 'Node version',
  'package-version': 'package versions',
  'missing-variable': 'missing variables',
  'extra-variable': 'variables only in production',
  migration: 'migrations',
  schema: 'schema',
};

/** `missing variables, schema`: the kinds of difference that are never acceptable, each once. */
export const sayKinds = (differences: readonly Pick<Difference, 'kind'>[]): string =>
  [...new Set(differences.map(({ kind }) => KINDS[kind]))].join(', ');

/** The same as the beginning of a sentence; nothing when there are none. */
export const sayUnacceptable = (differences: readonly Difference[]): string =>
  differences.length === 0 ? '' : `${sayKinds(differences)} — `;
