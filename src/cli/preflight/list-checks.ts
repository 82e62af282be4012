import { sayDuration, seconds } from '../../domain/duration.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Check } from '../../kit.ts';
import { alignColumns } from '../../report/table.ts';
import type { CommandResult } from '../command.ts';
import { EXIT } from '../exit.ts';
import type { Wired } from '../wired.ts';

const DEFAULT_TIMEOUT_MS = seconds(10);

const asJson = (check: Check): JsonObject => ({
  id: check.id,
  title: check.title,
  runbook: [check.runbook].flat(),
  needs: [...check.needs],
  weight: check.weight ?? 'blocker',
  timeoutMs: check.timeoutMs ?? DEFAULT_TIMEOUT_MS,
});

const secretsOf = (check: Check, { missing }: Wired): string => {
  const lacks = missing.filter((secret) => secret.services.some((service) => check.needs.includes(service)));
  return lacks.length > 0 ? `missing ${lacks.map((secret) => secret.name).join(', ')}` : '';
};

/** `--list`: every id with its duty. */
export function listChecks(checks: readonly Check[]): CommandResult {
  const rows = checks.map((check) => [check.id, check.title, [check.runbook].flat().join(' ')]);
  return told(checks, alignColumns(rows).join('\n'));
}

/** `--plan` of a command: which services each check asks, how long it may take, which secret it lacks. Nothing is sent. */
export function planChecks(command: string, checks: readonly Check[], wired: Wired): CommandResult {
  const rows = checks.map((check) => {
    const limit = sayDuration(check.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    const isAbsent = check.needs.some((need) => !wired.configured.has(need));
    const note = isAbsent ? 'not configured: will not be asked' : secretsOf(check, wired);
    return [check.id, check.needs.join(' ') || 'nothing', limit, note];
  });
  const head = `release ${command} would ask ${checks.length} checks of ${wired.env} (${wired.environment.url})`;
  return told(checks, [head, '', ...alignColumns(rows)].join('\n'));
}

const told = (checks: readonly Check[], text: string): CommandResult => ({
  exitCode: EXIT.ok,
  result: { checks: checks.map(asJson) },
  text,
  next: [],
  warnings: [],
});
