import { findTurn, type Turn } from '../domain/staffing/find-turn.ts';
import { makeRoster } from './make-roster.ts';
import type { Runbook } from './schema/index.ts';

/** Whom a role of the runbook waits for at `at` (ms since 1970), its stand-in and the backup of what it owns behind it. */
export function turnOf(role: string, runbook: Runbook, at: number): Turn {
  const { roles, owners } = runbook;
  const standIn = roles[role]?.standIn;
  const backups = Object.values(owners).flatMap(({ owner, backup }) => (owner === role ? [backup] : []));
  const behind = [...(standIn === undefined ? [] : [standIn]), ...backups];
  return findTurn(role, [...new Set(behind)], makeRoster(runbook), at);
}
