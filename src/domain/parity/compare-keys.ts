import type { Area, Difference, Side } from './likeness.ts';

const makeDifference = (
  kind: 'missing-variable' | 'extra-variable',
  name: string,
  said: string,
): Difference => ({ kind, path: `env/${name}`, said: `${name} ${said}` });

/**
 * PAR-03, PAR-13: names of variables, never values. A release does not bring variables, people set them: one that is
 * missing in production is missing, also when the release is the first to read it. One that the release no longer reads
 * may stay behind in production.
 */
export function compareKeys(left: Side, right: Side, required: readonly string[] = []): Area {
  const [lefts, rights] = [new Set(left.envKeys), new Set(right.envKeys)];
  const [reads, read] = [new Set(left.code.keys), new Set(right.code.keys)];
  const names = [...new Set([...lefts, ...rights, ...required])].sort();
  const missing = names.filter((name) => !rights.has(name));
  const extra = names.filter((name) => rights.has(name) && !lefts.has(name));
  const isGone = (name: string): boolean => read.has(name) && !reads.has(name);
  const sayMissing = (name: string): string => {
    const isNew = reads.has(name) && !read.has(name);
    return `missing in ${right.env}${isNew ? ', and the release reads it' : ''}`;
  };
  return {
    name: 'keys',
    total: names.length,
    differences: [
      ...missing.map((name) => makeDifference('missing-variable', name, sayMissing(name))),
      ...extra
        .filter((name) => !isGone(name))
        .map((name) => makeDifference('extra-variable', name, `only in ${right.env}`)),
    ],
    expected: extra.filter(isGone).map((name) => `${name} is no longer read`),
  };
}
