import { minutes, sayDuration } from '../../domain/duration.ts';
import type { JsonObject } from '../../domain/json.ts';
import { DEFAULT_TIMEOUT_MS } from '../../engine/ask-check.ts';
import type { Check } from '../../kit.ts';
import { alignColumns, wrapWords } from '../../report/table.ts';
import type { CommandResult } from '../command.ts';
import { EXIT } from '../exit.ts';
import type { Wired } from '../wired.ts';

const WIDTH = 80;

const freshFor = (check: Check, { runbook }: Wired): number =>
  check.freshForMs ?? minutes(runbook.thresholds.evidenceMinutes);

const asJson = (check: Check, wired: Wired): JsonObject => ({
  id: check.id,
  title: check.title,
  runbook: [check.runbook].flat(),
  gates: [...check.gates],
  needs: [...check.needs],
  weight: check.weight ?? 'blocker',
  timeoutMs: check.timeoutMs ?? DEFAULT_TIMEOUT_MS,
  freshForMs: freshFor(check, wired),
  onRecord: check.onRecord === true,
  releaseOnly: check.releaseOnly === true,
});

const secretsOf = (check: Check, { missing }: Wired): string => {
  const lacks = missing.filter((secret) => secret.services.some((service) => check.needs.includes(service)));
  return lacks.length > 0 ? `missing ${lacks.map((secret) => secret.name).join(', ')}` : '';
};

const indent = (text: string): string[] => wrapWords(text, WIDTH - 6).map((line) => `      ${line}`);

/** One check as people read it: what it is for, and underneath what it answers and how long it counts. */
function sayCheck(check: Check, wired: Wired): string[] {
  const facts = [
    [check.runbook].flat().join(' '),
    `gates ${check.gates.join(', ')}`,
    check.weight ?? 'blocker',
    `fresh for ${sayDuration(freshFor(check, wired))}`,
    `limit ${sayDuration(check.timeoutMs ?? DEFAULT_TIMEOUT_MS)}`,
    ...(check.onRecord === true ? ['a deploy takes it from the record'] : []),
    ...(check.releaseOnly === true ? ['not asked of a candidate on staging'] : []),
  ];
  return [`  ${check.id}`, ...indent(check.title), ...indent(facts.filter(Boolean).join(' · '))];
}

/** `--list`: every id with its duty, rows, gates, weight, freshness and time limit; never wider than 80. */
export const listChecks = (checks: readonly Check[], wired: Wired): CommandResult =>
  told(checks, wired, checks.flatMap((check) => sayCheck(check, wired)).join('\n'));

/** `--plan` of a command: which services each check asks, how long it may take, which secret it lacks. Nothing is sent. */
export function planChecks(command: string, checks: readonly Check[], wired: Wired): CommandResult {
  const rows = checks.map((check) => {
    const limit = sayDuration(check.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    const isAbsent = check.needs.some((need) => !wired.configured.has(need));
    const note = isAbsent ? 'not configured: will not be asked' : secretsOf(check, wired);
    return [check.id, check.needs.join(' ') || 'nothing', limit, note];
  });
  const head = `release ${command} would ask ${checks.length} checks of ${wired.env} (${wired.environment.url})`;
  return told(checks, wired, [head, '', ...alignColumns(rows)].join('\n'));
}

const told = (checks: readonly Check[], wired: Wired, text: string): CommandResult => ({
  exitCode: EXIT.ok,
  result: { checks: checks.map((check) => asJson(check, wired)) },
  text,
  next: [],
  warnings: [],
});
