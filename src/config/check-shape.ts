import type * as z from 'zod';
import { didYouMean } from '../domain/suggest.ts';
import { knownKeys } from './known-keys.ts';
import { type Path, problemAt, type Source } from './parse-yaml.ts';
import type { Problem } from './problem.ts';
import { type Runbook, runbookSchema } from './schema/index.ts';

const say = (path: Path): string => (path.length === 0 ? 'the file' : path.map(String).join('.'));

const BAD_KEYS = ['__proto__', 'constructor', 'prototype'];

/** Plain data without the free `x-` parts, which belong to the user's own tools. */
function dropFreeKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropFreeKeys);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([key]) => !key.startsWith('x-') && !BAD_KEYS.includes(key));
  return Object.fromEntries(kept.map(([key, one]) => [key, dropFreeKeys(one)]));
}

type Issue = z.core.$ZodIssue;

function unknownKeys(source: Source, issue: Issue & { keys: readonly string[] }): Problem[] {
  return issue.keys.map((key) => {
    const hint = didYouMean(key, knownKeys(issue.path));
    return problemAt(source, [...issue.path, key], `unknown key "${key}" under ${say(issue.path)}.${hint}`, {
      atKey: true,
    });
  });
}

/** The branch of a union that came closest: the one with the deepest or the fewest problems. */
function closest(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const score = (issues: readonly Issue[]): number =>
    issues.length - Math.max(0, ...issues.map((one) => one.path.length * 10));
  return [...branches].sort((a, b) => score(a) - score(b))[0] ?? [];
}

function explain(source: Source, issue: Issue): Problem[] {
  if (issue.code === 'unrecognized_keys') return unknownKeys(source, issue);
  if (issue.code === 'invalid_union' && 'errors' in issue && issue.errors.length > 0) {
    const inner = closest(issue.errors).map(
      (one) => ({ ...one, path: [...issue.path, ...one.path] }) as Issue,
    );
    return inner.flatMap((one) => explain(source, one));
  }
  const isMissing = issue.code === 'invalid_type' && /received undefined/.test(issue.message);
  const last = issue.path.at(-1);
  if (isMissing && last !== undefined) {
    const parent = issue.path.slice(0, -1);
    return [problemAt(source, parent, `"${String(last)}" is missing under ${say(parent)}`, { atKey: true })];
  }
  return [
    problemAt(source, issue.path, `${say(issue.path)}: ${issue.message.replace(/^Invalid input: /, '')}`),
  ];
}

/** Every way in which the file departs from the schema, each at its place; or the checked configuration. */
export function checkShape(source: Source): {
  readonly runbook?: Runbook;
  readonly problems: readonly Problem[];
} {
  const parsed = runbookSchema.safeParse(dropFreeKeys(source.document.toJS({ maxAliasCount: 50 })));
  if (parsed.success) return { runbook: parsed.data, problems: [] };
  return { problems: parsed.error.issues.flatMap((issue) => explain(source, issue)) };
}
