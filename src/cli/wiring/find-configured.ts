import type { Environment, Runbook } from '../../config/schema/index.ts';
import type { ServiceName } from '../../services/services.ts';

/**
 * The services that an environment has. Archive, git, reports, shell, sql and web need nothing but the environment
 * itself; logs and Prometheus are told with each measurement what to ask.
 */
export function findConfigured(runbook: Runbook, environment: Environment): ReadonlySet<ServiceName> {
  const { services, metrics } = runbook;
  const has: Readonly<Record<ServiceName, boolean>> = {
    archive: true,
    logs: true,
    prometheus: true,
    git: true,
    web: true,
    shell: true,
    sql: true,
    app: environment.health.api !== undefined,
    reports: true,
    host: environment.host !== undefined,
    postgres: environment.database !== undefined,
    neon: environment.neon !== undefined && services.neon !== undefined,
    statuspage: environment.statusPage !== undefined,
    stripe: environment.stripe !== undefined,
    pagerduty: services.pagerduty !== undefined,
    slack: services.slack !== undefined,
    mail: services.mail !== undefined,
    github: services.github !== undefined,
    metrics: metrics !== undefined,
  };
  return new Set((Object.keys(has) as ServiceName[]).filter((name) => has[name]));
}
