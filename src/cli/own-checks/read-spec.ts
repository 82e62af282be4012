import { minutes } from '../../domain/duration.ts';
import { GATES } from '../../domain/finding.ts';
import { didYouMean } from '../../domain/suggest.ts';
import type { Check, ServiceName } from '../../kit.ts';

/** Says what is wrong with a value, or nothing. */
type Rule = (value: unknown) => string | undefined;

/** The archive is a part of the record, and not for others to write. */
const SERVICES: Readonly<Record<Exclude<ServiceName, 'archive'>, true>> = {
  app: true,
  git: true,
  github: true,
  host: true,
  logs: true,
  mail: true,
  metrics: true,
  neon: true,
  pagerduty: true,
  postgres: true,
  prometheus: true,
  reports: true,
  shell: true,
  slack: true,
  sql: true,
  statuspage: true,
  stripe: true,
  web: true,
};
const LONGEST_PROBE_MS = minutes(10);
const LONGEST_FRESH_MS = minutes(60 * 24 * 30);

const isFunction: Rule = (value) => (typeof value === 'function' ? undefined : 'has to be a function');
const optional =
  (rule: Rule): Rule =>
  (value) =>
    value === undefined ? undefined : rule(value);

const listOf =
  (known: readonly string[], called: string): Rule =>
  (value) => {
    if (!Array.isArray(value)) return `has to be a list of ${called}s`;
    const stray = value.find((one) => !known.includes(one));
    return stray === undefined
      ? undefined
      : `"${stray}" is no ${called}.${didYouMean(String(stray), known)} There are: ${known.join(', ')}`;
  };

const millisecondsUpTo =
  (most: number): Rule =>
  (value) =>
    typeof value === 'number' && value > 0 && value <= most
      ? undefined
      : `has to be milliseconds, at most ${most}`;

const gates = listOf(GATES, 'gate');

// One row for each field of a check, so that a new field is not forgotten here.
const RULES: Readonly<Record<keyof Check, Rule>> = {
  id: (value) =>
    typeof value === 'string' && /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/.test(value)
      ? undefined
      : 'has to look like room.name, in small letters, digits and hyphens',
  title: (value) => (typeof value === 'string' && value.trim() !== '' ? undefined : 'has to say the duty'),
  runbook: (value) =>
    [value].flat().every((one) => typeof one === 'string')
      ? undefined
      : 'has to name rows of your runbook; [] when there are none',
  gates: (value) =>
    Array.isArray(value) && value.length === 0 ? 'has to name at least one gate' : gates(value),
  needs: listOf(Object.keys(SERVICES), 'service'),
  weight: optional((value) =>
    value === 'blocker' || value === 'advisory' ? undefined : "has to be 'blocker' or 'advisory'",
  ),
  timeoutMs: optional(millisecondsUpTo(LONGEST_PROBE_MS)),
  tidiesMs: optional(millisecondsUpTo(LONGEST_PROBE_MS)),
  freshForMs: optional(millisecondsUpTo(LONGEST_FRESH_MS)),
  onRecord: optional((value) => (typeof value === 'boolean' ? undefined : 'has to be true or false')),
  releaseOnly: optional((value) => (value === true ? undefined : 'has to be true, or left out')),
  takesFiles: optional((value) => (value === true ? undefined : 'has to be true, or left out')),
  absent: optional(isFunction),
  probe: isFunction,
  judge: isFunction,
};

/** What is wrong with a check that somebody wrote, and at which of its fields. */
export interface SpecProblem {
  readonly field?: string;
  readonly said: string;
}

/** Proves the shape of a file's default export: it was checked by no compiler that we know of. */
export function findSpecProblem(value: unknown): SpecProblem | undefined {
  if (typeof value !== 'object' || value === null)
    return { said: 'its default export is no check: export default defineCheck({ … })' };
  const spec = value as Readonly<Record<string, unknown>>;
  const stray = Object.keys(spec).find((key) => !Object.hasOwn(RULES, key));
  if (stray !== undefined)
    return {
      field: stray,
      said: `a check has no field "${stray}".${didYouMean(stray, Object.keys(RULES))}`,
    };
  for (const [field, rule] of Object.entries(RULES)) {
    const wrong = rule(spec[field]);
    if (wrong !== undefined)
      return { field, said: `${field} ${spec[field] === undefined ? 'is missing: it ' : ''}${wrong}` };
  }
  return undefined;
}
