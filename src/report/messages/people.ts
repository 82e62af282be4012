import type { Runbook } from '../../config/schema/index.ts';
import type { JsonObject } from '../../domain/json.ts';

/** The first person who can take one of these roles; null when the runbook names nobody, and the line goes. */
export function findPerson(runbook: Runbook, ...roles: readonly string[]): JsonObject | null {
  const people = Object.values(runbook.people);
  const found = roles.map((role) => people.find((one) => one.roles.includes(role))).find(Boolean);
  return found === undefined ? null : { name: found.name, slack: found.slack ?? null };
}

/** The roles of a release day, under the names a runbook may give them (E-104: those nobody holds are left out). */
export const findTeam = (runbook: Runbook): JsonObject => ({
  deploy_lead: findPerson(runbook, 'deployment-lead', 'deploy-lead', 'devops-lead'),
  monitor: findPerson(runbook, 'monitor', 'sre-lead'),
  rollback_lead: findPerson(runbook, 'rollback-lead'),
  db_lead: findPerson(runbook, 'database-lead', 'dba', 'database-administrator'),
  comms: findPerson(runbook, 'communications', 'comms-lead', 'communications-lead'),
  incident_commander: findPerson(runbook, 'incident-commander', 'rollback-lead', 'deployment-lead'),
  qa_lead: findPerson(runbook, 'qa-lead'),
  engineering_lead: findPerson(runbook, 'engineering-lead'),
  engineering_manager: findPerson(runbook, 'engineering-manager'),
  oncall_primary: findPerson(runbook, 'on-call', 'on-call-primary', 'on-call-engineer'),
  oncall_secondary: findPerson(runbook, 'on-call-secondary', 'backup-engineer', 'on-call-backup'),
});
