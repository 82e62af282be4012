import type { PlanEntry } from '../domain/plan.ts';
import type { Runbook } from '../kit.ts';
import { pauseJobs } from '../steps/app/switch-jobs.ts';
import { maintenanceOn } from '../steps/app/switch-maintenance.ts';
import { trafficAway } from '../steps/app/switch-traffic.ts';
import type { WebhookWay } from './webhook-way.ts';
import { putOff } from './webhooks-back.ts';

/** RBX-2: an application that is down refuses these, and that must not hold up the way to one that works. */
export function holdBack(
  webhooks: WebhookWay | undefined,
  { environments }: Runbook,
  env: string,
): PlanEntry[] {
  const environment = environments[env];
  const place = { onFailure: 'warn' } as const;
  return [
    ...(environment?.maintenance ? [maintenanceOn.with({ env }, { name: 'maintenance-on', ...place })] : []),
    ...(environment?.jobs ? [pauseJobs.with({ env }, { name: 'pause-jobs', ...place })] : []),
    ...putOff(webhooks, env),
    ...(environment?.traffic ? [trafficAway.with({ env }, { name: 'traffic-away', ...place })] : []),
  ];
}
