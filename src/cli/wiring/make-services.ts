import { makeApp } from '../../services/app/real.ts';
import { makeArchive } from '../../services/archive/real.ts';
import type { GitOptions } from '../../services/git/open-git.ts';
import { makeGit } from '../../services/git/real.ts';
import { makeGithub } from '../../services/github/real.ts';
import { makeHost } from '../../services/host/real.ts';
import { makeLogs } from '../../services/logs/real.ts';
import { makeMail } from '../../services/mail/real.ts';
import { makeMetrics } from '../../services/metrics/real.ts';
import { makeNeon } from '../../services/neon/real.ts';
import { makePagerDuty } from '../../services/pagerduty/real.ts';
import { makePostgres } from '../../services/postgres/real.ts';
import { makePrometheus } from '../../services/prometheus/real.ts';
import { makeReports } from '../../services/reports/real.ts';
import type { ServiceName, Services } from '../../services/services.ts';
import { makeSlack } from '../../services/slack/real.ts';
import { makeSql } from '../../services/sql/real.ts';
import { makeStatusPage } from '../../services/statuspage/real.ts';
import { makeStripe } from '../../services/stripe/real.ts';
import type { Surroundings } from '../../services/surroundings.ts';
import { makeWeb } from '../../services/web/real.ts';
import { absentService } from './absent-service.ts';

/** Every door to the world. No adapter loads its vendor's library before its first call. */
export function makeServices(
  surroundings: Surroundings,
  configured: ReadonlySet<ServiceName>,
  git: GitOptions,
): { readonly services: Services; close(): Promise<void> } {
  const { shell } = git;
  const web = makeWeb(surroundings);
  const postgres = makePostgres(surroundings);
  const github = makeGithub(surroundings);
  const all: Services = {
    shell,
    web,
    postgres,
    github,
    app: makeApp(surroundings, web),
    archive: makeArchive(surroundings),
    git: makeGit(git),
    host: makeHost(surroundings, { web, shell, github }),
    logs: makeLogs(surroundings.root),
    mail: makeMail(surroundings),
    metrics: makeMetrics(surroundings, web),
    neon: makeNeon(surroundings),
    pagerduty: makePagerDuty(surroundings),
    prometheus: makePrometheus(surroundings),
    reports: makeReports(surroundings.root),
    slack: makeSlack(surroundings),
    sql: makeSql(),
    statuspage: makeStatusPage(surroundings),
    stripe: makeStripe(surroundings),
  };
  const present = Object.fromEntries(
    (Object.keys(all) as ServiceName[]).map((name) => [
      name,
      configured.has(name) ? all[name] : absentService(name),
    ]),
  );
  return { services: present as unknown as Services, close: () => postgres.close() };
}
