import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { WorldSecrets } from './make-secrets.ts';
import { type Part, readOwnRunbook } from './read-own-runbook.ts';
import { PATIENCE, relax, relaxRules } from './relax.ts';
import { writePublish } from './write-publish.ts';

/** Where the parts of a world answer. */
export interface WorldAddresses {
  readonly app: string;
  readonly staging: string;
  readonly origin: string;
  readonly neon: string;
  readonly stripe: string;
  readonly slack: string;
  readonly statuspage: string;
  readonly pagerduty: string;
  readonly github: string;
  readonly platform: string;
  readonly database: string;
  readonly stagingPlatform: string;
  readonly stagingDatabase: string;
}

/** The least that proves a P95, and fast: nobody waits here for an application that is far away. */
const FEW = { samples: 59, writeSamples: 1 } as const;
const PACE = { everyMs: 50, spreadSeconds: 4 } as const;

const NAMES = {
  project: 'sandbox-project',
  branch: 'production',
  database: 'rur2',
  role: 'rur2_owner',
  price: 'price_sandbox_free',
  endpoint: 'we_sandbox',
  repository: 'sandbox/rur2',
  candidate: 'release/v2.1.0',
  statusPage: 'sandboxpage',
  statusComponent: 'application',
  rota: 'PSANDBOX1',
  policy: 'PSANDBOX2',
} as const;

const STAGING = {
  database: 'rur2_staging',
  price: 'price_sandbox_test',
  endpoint: 'we_sandbox_staging',
} as const;

export { NAMES as SANDBOX_NAMES, STAGING as STAGING_NAMES };

/** A zone in which it is about noon, so that the window is open whatever the hour. Its sign runs backwards. */
export function noonZone(now: Date): string {
  const behind = now.getUTCHours() - 12;
  return behind === 0 ? 'Etc/GMT' : `Etc/GMT${behind > 0 ? '+' : '-'}${Math.abs(behind)}`;
}

const allDays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const makeHost = (program: string): Part => ({
  strategy: 'command',
  publish: `${JSON.stringify(program)} publish.mjs`,
  proof: { times: 3, everySeconds: 1, deadlineSeconds: 120 },
});

const makeStatusPage = (apiUrl: string): Part => ({
  ...{ kind: 'atlassian', apiUrl, page: NAMES.statusPage, key: '$STATUSPAGE_API_KEY' },
  components: [NAMES.statusComponent],
});

function makeProduction(own: Part, { app, statuspage }: WorldAddresses, program: string): Part {
  return {
    ...own,
    url: app,
    statusPage: makeStatusPage(statuspage),
    protected: true,
    identity: 'production',
    host: makeHost(program),
    neon: {
      project: NAMES.project,
      branch: NAMES.branch,
      database: NAMES.database,
      role: NAMES.role,
    },
    stripe: { ...(own.stripe as Part), webhookEndpoint: NAMES.endpoint },
    smoke: { ...(own.smoke as Part), checkoutPrice: NAMES.price },
  };
}

/** Its database lies on production's server, which no branch of Neon is: nothing is backed up or restored here. */
function makeStaging({ neon: _, ...own }: Part, url: string, program: string): Part {
  return {
    ...own,
    url,
    identity: 'staging',
    host: makeHost(program),
    stripe: { ...(own.stripe as Part), webhookEndpoint: STAGING.endpoint },
    // People came along with the copy of the data.
    smoke: { ...(own.smoke as Part), user: '$SMOKE_USER', checkoutPrice: STAGING.price },
  };
}

function makeServices(own: Part, at: WorldAddresses): Part {
  const slack = own.slack as Part;
  return {
    neon: { apiUrl: at.neon, apiKey: '$NEON_API_KEY', pollSeconds: 0.25 },
    stripe: { apiUrl: at.stripe },
    github: { apiUrl: at.github, repository: NAMES.repository, token: '$GITHUB_TOKEN' },
    slack: { ...slack, apiUrl: at.slack },
    mail: own.mail,
    pagerduty: {
      apiUrl: at.pagerduty,
      token: '$PAGERDUTY_TOKEN',
      roles: {
        'on-call': { schedule: NAMES.rota },
        'on-call-secondary': { policy: NAMES.policy, level: 2 },
      },
    },
  };
}

/** The runbook of RuR2 as it stands in this package, pointed at the stand-ins. */
function makeRunbook(at: WorldAddresses, program: string, now: Date): Part {
  const own = readOwnRunbook();
  const free = Object.entries(own).filter(([key]) => !key.startsWith('x-'));
  const environments = own.environments as Record<string, Part>;
  const decisions = own.decisions as Record<string, Part>;
  return {
    ...Object.fromEntries(free),
    sandbox: true,
    // Candidates freeze here too; a day's freeze would not let a rehearsal be cut and released within the hour.
    source: { ...((own.source as Part) ?? {}), remote: at.origin, freeze: { candidates: true } },
    environments: {
      production: makeProduction(environments.production ?? {}, at, program),
      staging: makeStaging(environments.staging ?? {}, at.staging, program),
    },
    services: makeServices(own.services as Part, at),
    calendar: {}, // a holiday must not keep a rehearsal from deploying
    window: { days: allDays, from: '00:00', to: '23:59', zone: noonZone(now), lastStartBefore: 150 },
    metrics: { kind: 'app', url: '/api/metrics', token: '$APP_TOKEN' },
    // Nobody else is there to sign; what they say is heard all the same.
    decisions: { ...decisions, 1: { ...decisions['1'], required: false } },
    reviews: Object.fromEntries(
      Object.entries((own.reviews ?? {}) as Record<string, Part>).map(([name, one]) => [
        name,
        { ...one, required: false },
      ]),
    ),
    handoffs: {},
    budgets: relax(own.budgets as Record<string, Part>),
    rules: relaxRules(own.rules as Record<string, Part>),
    smoke: { ...(own.smoke as Part), ...FEW, ...PACE, rollback: FEW },
  };
}

const HEAD = `# Written by the sandbox: the runbook of RuR2 with every address pointed at stand-ins on this machine.
# Limits of times are ${PATIENCE} times the runbook's, because one machine does everything at once here.
# Smoke tests take 59 samples and not 124: with none over its limit they prove a P95 as well, in four seconds.
`;

/** Writes configuration, secrets and the publish script into `folder`; returns the path of the configuration. */
export function writeConfig(
  folder: string,
  at: WorldAddresses,
  secrets: WorldSecrets,
  program = process.execPath,
  now = new Date(),
): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'runbook.config.yaml');
  const databases = { DATABASE_URL_PROD: at.database, DATABASE_URL_STAGING: at.stagingDatabase };
  const values = { ...secrets, ...databases };
  const lines = Object.entries(values).map(([name, text]) => `${name}=${text}\n`);
  writeFileSync(file, `${HEAD}${stringify(makeRunbook(at, program, now))}`);
  writeFileSync(join(folder, '.env.runbook'), lines.join(''), { mode: 0o600 });
  writeFileSync(join(folder, 'publish.mjs'), writePublish(at));
  return file;
}
