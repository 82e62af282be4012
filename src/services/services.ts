import type { AppPort } from './app/port.ts';
import type { ArchivePort } from './archive/port.ts';
import type { GitPort } from './git/port.ts';
import type { GithubPort } from './github/port.ts';
import type { HostPort } from './host/port.ts';
import type { LogsPort } from './logs/port.ts';
import type { MailPort } from './mail/port.ts';
import type { MetricsPort } from './metrics/port.ts';
import type { NeonPort } from './neon/port.ts';
import type { PagerDutyPort } from './pagerduty/port.ts';
import type { PostgresPort } from './postgres/port.ts';
import type { PrometheusPort } from './prometheus/port.ts';
import type { ReportsPort } from './reports/port.ts';
import type { ShellPort } from './shell/port.ts';
import type { SlackPort } from './slack/port.ts';
import type { SqlPort } from './sql/port.ts';
import type { StatusPagePort } from './statuspage/port.ts';
import type { StripePort } from './stripe/port.ts';
import type { WebPort } from './web/port.ts';

/** Every door to the world. What is not configured is left out of checks and plans, never called. */
export interface Services {
  readonly app: AppPort;
  readonly archive: ArchivePort;
  readonly git: GitPort;
  readonly github: GithubPort;
  readonly host: HostPort;
  readonly logs: LogsPort;
  readonly mail: MailPort;
  readonly metrics: MetricsPort;
  readonly neon: NeonPort;
  readonly pagerduty: PagerDutyPort;
  readonly postgres: PostgresPort;
  readonly prometheus: PrometheusPort;
  readonly reports: ReportsPort;
  readonly shell: ShellPort;
  readonly slack: SlackPort;
  readonly sql: SqlPort;
  readonly statuspage: StatusPagePort;
  readonly stripe: StripePort;
  readonly web: WebPort;
}

export type ServiceName = keyof Services;
