import { makeRoster } from '../config/make-roster.ts';
import type { Runbook } from '../config/schema/index.ts';
import { listHops } from '../domain/staffing/list-callers.ts';
import type { Emergency } from './emergency-text.ts';

/** Whom to call for this environment, in the order of its escalation path; phone numbers only where `isPrivate`. */
export function listCalls(runbook: Runbook, env: string, now: Date, isPrivate: boolean): Emergency['call'] {
  const roster = makeRoster(runbook);
  const people = Object.values(runbook.people);
  const path = runbook.owners[env]?.escalation ?? [];
  return listHops(path, roster, now.getTime()).map(({ role, member, reachable }) => {
    const title = runbook.roles[role]?.title ?? role;
    const phone = isPrivate ? people.find(({ name }) => name === member?.name)?.phone : undefined;
    return { name: member?.name ?? title, title, away: !reachable, ...(phone ? { phone } : {}) };
  });
}
