import type * as z from 'zod';
import { didYouMean } from '../domain/suggest.ts';
import { describeShapes } from './describe-shape.ts';
import type { Source } from './parse-yaml.ts';
import { type Path, problemAt } from './place.ts';
import type { Problem } from './problem.ts';
import { sayPath } from './say-path.ts';
import { isSecretPlace, knownKeys, shapesAt } from './shape.ts';

type Issue = z.core.$ZodIssue;

const MOST_SHOWN = 60;

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (at, part) =>
      at === null || typeof at !== 'object' ? undefined : (at as Record<PropertyKey, unknown>)[part],
    data,
  );

/** What was found, for people; never the value of a place where a secret's name belongs. */
function sayGot(path: Path, value: unknown): string {
  if (isSecretPlace(path)) return '';
  if (value === null) return ', got nothing';
  if (Array.isArray(value)) return ', got a list';
  if (typeof value === 'object') return ', got a map of keys and values';
  const said = JSON.stringify(value) ?? String(value);
  return `, got ${said.length > MOST_SHOWN ? `${said.slice(0, MOST_SHOWN)}…` : said}`;
}

function unknownKeys(source: Source, { path, keys }: Issue & { keys: readonly string[] }): Problem[] {
  const known = knownKeys(path);
  const where = path.length === 0 ? '' : ` under ${sayPath(path)}`;
  return keys.map((key) => {
    const message = `unknown key "${key}"${where}.${didYouMean(key, known)}`;
    return problemAt(source, [...path, key], message, { at: 'key' });
  });
}

function missing(source: Source, path: Path): Problem {
  const parent = path.slice(0, -1);
  const where = parent.length === 0 ? '' : ` under ${sayPath(parent)}`;
  return problemAt(source, parent, `"${String(path.at(-1))}" is missing${where}`, { at: 'key' });
}

/** How many keys and values a branch of a choice complains about; the fewest is what was meant. */
const weigh = (issues: readonly Issue[]): number =>
  issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);

/** True of a branch that wants another kind of value altogether. */
const isOfOtherKind = (issues: readonly Issue[]): boolean =>
  issues.some((one) => one.path.length === 0 && one.code === 'invalid_type');

function explainChoice(source: Source, data: unknown, issue: Issue, branches: readonly Issue[][]): Problem[] {
  const near = branches.filter((one) => !isOfOtherKind(one));
  const best = [...near].sort((a, b) => weigh(a) - weigh(b))[0];
  if (best === undefined) return [wrongValue(source, data, issue.path)];
  return best.flatMap((one) =>
    explainIssue(source, data, { ...one, path: [...issue.path, ...one.path] } as Issue),
  );
}

function wrongValue(source: Source, data: unknown, path: Path): Problem {
  const shapes = shapesAt(path);
  const value = valueAt(data, path);
  const choices = shapes.flatMap((shape) => shape.enum ?? (shape.const === undefined ? [] : [shape.const]));
  const hint = typeof value === 'string' ? didYouMean(value, choices.map(String)) : '';
  const message = `${sayPath(path)} must be ${describeShapes(shapes)}${sayGot(path, value)}`;
  return problemAt(source, path, hint === '' ? message : `${message}.${hint}`);
}

/** One issue of the schema as the problems that a person can correct, each at its place. */
export function explainIssue(source: Source, data: unknown, issue: Issue): Problem[] {
  const { path } = issue;
  const value = valueAt(data, path);
  if (issue.code === 'unrecognized_keys') return unknownKeys(source, issue);
  if (value === undefined && path.length > 0) return [missing(source, path)];
  if (issue.code === 'invalid_key') {
    const why = issue.issues[0]?.message ?? 'is not allowed here';
    return [problemAt(source, path, `the name "${String(path.at(-1))}" ${why}`, { at: 'key' })];
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0)
    return explainChoice(source, data, issue, issue.errors as Issue[][]);
  // Our own messages say what is wanted; zod's are replaced by the words of the shape.
  const isOurs = /^(?:must|needs) /.test(issue.message);
  if (!isOurs) return [wrongValue(source, data, path)];
  return [problemAt(source, path, `${sayPath(path)} ${issue.message}${sayGot(path, value)}`)];
}
