import { isReleaseError, ReleaseError } from '../../domain/failure.ts';
import type { CommandOptions } from '../command.ts';

/** The ledger is away or cannot be trusted. What only needs another version or another owner is none of these. */
const LEDGER_BROKEN: readonly string[] = [
  'E_LEDGER_DAMAGED',
  'E_LEDGER_DELETED',
  'E_LEDGER_REPLACED',
  'E_LEDGER_REWRITTEN',
  'E_LEDGER_UNREACHABLE',
  'E_LEDGER_UNREADABLE',
  'E_LEDGER_WRITE',
];

const DATABASE_AWAY: readonly string[] = [
  'E_DB_CUT',
  'E_DB_FULL',
  'E_DB_REFUSED',
  'E_DB_TIMEOUT',
  'E_DB_UNREACHABLE',
];

const isNeons = (code: string): boolean => code.startsWith('E_NEON_') || code.startsWith('E_RESTORE_');

/** The way on that only a rollback has; undefined where the error's own is all there is. */
function findWay(
  code: string,
  { to, db, breakGlass, resume }: CommandOptions,
  env: string,
): string | undefined {
  // In the glass the ledger is a folder of this machine; past that there is no way.
  if (breakGlass === true && LEDGER_BROKEN.includes(code)) return undefined;
  if (resume === true) return LEDGER_BROKEN.includes(code) ? inGlass('--resume', env) : undefined;
  const target = `--to ${typeof to === 'string' ? to : '<version>'}`;
  const glass = breakGlass === true ? ' --break-glass --reason "…"' : '';
  if (LEDGER_BROKEN.includes(code)) return inGlass(target, env);
  if (DATABASE_AWAY.includes(code) && db !== 'none')
    return `To put the code alone back and leave the database as it is: release rollback ${target} --db none${glass} --env ${env}`;
  if (isNeons(code) && db === 'restore')
    return `Without Neon, by rollback scripts: release rollback ${target} --db down${glass} --env ${env}`;
  return undefined;
}

const inGlass = (what: string, env: string): string =>
  `If it cannot wait: release rollback ${what} --break-glass --reason "…" --env ${env}`;

/** The refusal of a rollback that could not begin, with the way past what is broken. */
export function sayWayPast(error: unknown, options: CommandOptions, env: string): unknown {
  if (!isReleaseError(error)) return error;
  const way = findWay(error.code, options, env);
  if (way === undefined) return error;
  return new ReleaseError(error.code, { ...error.text, next: `${error.text.next} ${way}` });
}
