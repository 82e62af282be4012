import { defineCheck } from '../../src/kit.ts';
import type { NeonCapacity } from '../../src/services/neon/port.ts';

/** A release makes two: the backup, and the branch that its migrations are rehearsed on. */
const BRANCHES_NEEDED = 2;
const FULL_PERCENT = 90;
const DAY_MS = 86_400_000;

function sayMaintenance({ maintenanceAt }: NeonCapacity, now: Date): string | undefined {
  if (maintenanceAt === undefined) return undefined;
  const left = Date.parse(maintenanceAt) - now.getTime();
  return left > DAY_MS || left < -DAY_MS ? undefined : `Neon restarts computes at ${maintenanceAt}`;
}

function sayFull({ sizeBytes, sizeLimitBytes }: NeonCapacity): string | undefined {
  if (sizeBytes === undefined || !sizeLimitBytes) return undefined;
  const percent = (sizeBytes / sizeLimitBytes) * 100;
  return percent >= FULL_PERCENT ? `${Math.round(percent)} % of the size that the plan allows` : undefined;
}

/** A backup that cannot be made stops the release after its announcement; room is looked for before. */
export default defineCheck({
  id: 'database.capacity',
  title: 'Neon has room for a release',
  runbook: 'HOP-22',
  gates: ['preflight'],
  needs: ['neon'],
  probe: ({ neon }, { env }) => neon.capacity(env),
  judge: (capacity, { now }) => {
    const { branches, branchLimit } = capacity;
    const said = `${branches} of ${branchLimit ?? 'an unknown number of'} branches`;
    if (branchLimit !== undefined && !(branches + BRANCHES_NEEDED <= branchLimit))
      return {
        outcome: 'fail',
        said: `${said}; a release makes ${BRANCHES_NEEDED} more`,
        remedy: 'Delete old backup branches in the Neon console.',
      };
    const doubts = [sayMaintenance(capacity, now), sayFull(capacity)].filter(Boolean);
    if (branchLimit === undefined) doubts.push('the plan tells no limit');
    return doubts.length > 0
      ? {
          outcome: 'warn',
          said: [said, ...doubts].join('; '),
          remedy: 'Look at the project in the Neon console.',
        }
      : { outcome: 'pass', said };
  },
});
