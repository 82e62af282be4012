import type * as z from 'zod';
import { explainIssue } from './explain-issue.ts';
import type { Source } from './parse-yaml.ts';
import { readValues } from './parse-yaml.ts';
import type { Problem } from './problem.ts';
import { type Runbook, runbookSchema } from './schema/index.ts';
import { hasFreeKeys } from './shape.ts';

type Path = readonly PropertyKey[];

/** Plain data without the free `x-` parts, which belong to the user's own tools. */
function dropFreeKeys(value: unknown, path: Path): unknown {
  if (Array.isArray(value)) return value.map((one, i) => dropFreeKeys(one, [...path, i]));
  if (value === null || typeof value !== 'object') return value;
  const isFree = (key: string): boolean => key.startsWith('x-') && hasFreeKeys(path);
  const kept = Object.entries(value).filter(([key]) => !isFree(key));
  return Object.fromEntries(kept.map(([key, one]) => [key, dropFreeKeys(one, [...path, key])]));
}

/** Every way in which the file departs from the schema, each at its place; or the checked configuration. */
export function checkShape(source: Source): {
  readonly runbook?: Runbook;
  readonly problems: readonly Problem[];
} {
  const data = dropFreeKeys(readValues(source), []);
  const parsed = runbookSchema.safeParse(data);
  if (parsed.success) return { runbook: parsed.data, problems: [] };
  const issues: readonly z.core.$ZodIssue[] = parsed.error.issues;
  return { problems: issues.flatMap((issue) => explainIssue(source, data, issue)) };
}
