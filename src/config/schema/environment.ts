import * as z from 'zod';
import {
  commandLine,
  count,
  httpMethod,
  path,
  payload,
  positive,
  refName,
  repoPath,
  secretName,
  text,
  url,
} from './fields.ts';
import { hostSchema } from './host.ts';
import { statusPageSchema } from './status-page.ts';

/** One HTTP call or one command: how a capability (maintenance, jobs, traffic) is switched. */
const hookSchema = z.union([
  z.strictObject({
    method: httpMethod.default('POST').describe('HTTP method'),
    path: path.describe('Path of the application'),
    token: secretName.optional().describe('Sent as bearer token'),
    json: payload.optional().describe('Body, sent as it stands here'),
  }),
  z.strictObject({ command: commandLine.describe('Run in the repository; exit 0 means done') }),
]);

const databaseSchema = z.strictObject({
  url: secretName.describe('Connection string for checks; may be a pooled address'),
  directUrl: secretName.optional().describe('Direct address for migrations; default: url'),
  reserved: count.optional().describe('Connections the provider keeps for itself'),
});

const neonTargetSchema = z.strictObject({
  project: text.describe('Id of the project in the Neon console'),
  branch: text.describe('Branch of the project: its name, or its id (br-…)'),
  database: text.describe('Database on that branch'),
  role: text.describe('Role that backups are opened with'),
  minRetentionHours: positive.default(26).describe('Shortest restore window a release needs (E-44)'),
});

const stripeTargetSchema = z.strictObject({
  mode: z.enum(['live', 'test']).describe('Mode that the key must have'),
  secretKey: secretName.describe('Secret or restricted key'),
  webhookSecret: secretName.optional().describe('Signing secret of the endpoint; proves signed deliveries'),
  webhookPath: path
    .default('/api/payments/webhook')
    .describe('Path of the application that Stripe delivers to'),
  webhookEndpoint: text.optional().describe('Id of the endpoint at Stripe (we_…)'),
  checkoutHost: z
    .string()
    .regex(/^[a-z0-9.-]+(:\d+)?$/i, 'must be a host, like www.example.com')
    .optional()
    .describe(
      'Host that checkouts send their customers back to, where it is another than that of url: sessions of other hosts are never touched',
    ),
  duringRollback: z
    .enum(['maintenance', 'disable'])
    .optional()
    .describe(
      'What keeps deliveries back: maintenance mode, whose 503 makes Stripe deliver again (default where there is one), or the endpoint is disabled meanwhile and its events are replayed',
    ),
});

const maintenanceSchema = z.strictObject({
  on: hookSchema.describe('Keeps users out'),
  off: hookSchema.describe('Lets users in again'),
  bypass: z
    .strictObject({ header: text.describe('Header name'), value: secretName.describe('Header value') })
    .optional()
    .describe('Lets smoke tests through'),
  statusField: text.default('maintenance').describe('Field of the health answer that tells the state'),
});

const jobsSchema = z.strictObject({
  pause: hookSchema.describe('Stops background jobs'),
  resume: hookSchema.describe('Starts them again'),
});

const trafficSchema = z.strictObject({
  away: hookSchema.describe('Sends users to the status page instead of the application'),
  normal: hookSchema.describe('Sends them to the application again'),
  verify: z
    .strictObject({
      command: commandLine.describe(
        'Prints where users are sent now, `away` or `normal`; it may wait until a switch has reached everywhere',
      ),
    })
    .describe('How a switch is seen to have worked'),
});

/** Test user of the smoke scenario. */
const smokeAccountSchema = z.strictObject({
  user: secretName.describe('{email} of the smoke calls'),
  password: secretName.describe('{password} of the smoke calls'),
  adminToken: secretName.optional().describe('{adminToken}, for calls made as admin'),
  checkoutPrice: text
    .optional()
    .describe('Price used by the checkout call; on a live key it must cost nothing'),
});

const healthSchema = z.strictObject({
  path: path.default('/health').describe('Answers status, version, commit, timestamp, maintenance'),
  api: path.optional().describe('Answers status, database, stripe and what the application is made of'),
  database: path.optional().describe('Answers connected, latency_ms, pool_size, active_connections'),
  token: secretName.optional().describe('Sent as bearer token to api and database'),
});

const ledgerSchema = z
  .strictObject({
    store: z
      .enum(['git', 'file', 'postgres'])
      .default('git')
      .describe(
        'Where runs are recorded: git, on source.remote, so that every clone can go on; file, on this machine; postgres, in a database of its own',
      ),
    folder: repoPath
      .default('.release/state')
      .describe('Folder of the file store, and of what lies beside every ledger on one machine'),
    local: z
      .boolean()
      .default(false)
      .describe(
        'With the file store: this machine alone releases; without it a protected environment needs --local-ledger',
      ),
    refs: z
      .string()
      .regex(
        /^refs\/(?!heads\/$|tags\/|remotes\/|pull\/)(?:[a-z0-9][a-z0-9-]*\/)+$/,
        'must be a place for refs of its own, like refs/release/ or refs/heads/release-ledger/',
      )
      .default('refs/release/')
      .describe(
        'Where the git store lies on the remote, when it lets nobody push to the usual place (`release init --probe`)',
      ),
    url: secretName
      .optional()
      .describe('Connection string of the postgres store; may be a pooled address, never the database above'),
    schema: z
      .string()
      .regex(/^[a-z_][a-z0-9_]{0,50}$/, 'must be a plain lower-case name')
      .default('release_ledger')
      .describe('Schema of the tables of the postgres store'),
  })
  .refine(({ store, url }) => store !== 'postgres' || url !== undefined, {
    path: ['url'],
    message: 'the postgres store needs the name of a secret, like $LEDGER_DATABASE_URL',
  });

const logsSchema = z.strictObject({
  command: commandLine.describe(
    'Prints the lines of the log since $RELEASE_SINCE (ISO 8601, UTC); exit 0 means that these are all',
  ),
  errors: text
    .default('/\\b(ERROR|CRITICAL|FATAL)\\b/')
    .describe('What an error looks like: a text that its line holds; /…/ is a pattern'),
  ignore: z.array(text).default([]).describe('Lines that hold one of these are no error'),
});

export const environmentSchema = z.strictObject({
  url: url.describe('Address of the application'),
  protected: z.boolean().default(false).describe('Typed confirmation; production is protected'),
  branch: refName.optional().describe('Branch that is deployed here; default: source.main'),
  identity: text
    .optional()
    .describe('What /health must answer in `environment`, so that no other app is touched'),
  health: healthSchema.prefault({}).describe('Where the application tells how it is'),
  host: hostSchema.optional().describe('How code gets onto the platform, and the proof that it is live'),
  database: databaseSchema.optional().describe('PostgreSQL of the application'),
  neon: neonTargetSchema.optional().describe('The database at Neon: backups and restores'),
  stripe: stripeTargetSchema.optional().describe('Payments'),
  maintenance: maintenanceSchema.optional().describe('How users are kept out; without it they never are'),
  jobs: jobsSchema.optional().describe('How background jobs are paused'),
  traffic: trafficSchema
    .optional()
    .describe('How a CDN sends users to the status page during a rollback; `url` must not go the same way'),
  statusPage: statusPageSchema
    .optional()
    .describe('What customers read of a rollback; without it nobody tells them'),
  logs: logsSchema
    .optional()
    .describe('Where a deploy looks for errors of the new version; without it nobody does, and it is said'),
  smoke: smokeAccountSchema.optional().describe('Test account of the smoke scenario'),
  requiredKeys: z
    .array(text)
    .default([])
    .describe('Names of environment variables the app needs; never values'),
  ledger: ledgerSchema.prefault({}).describe('Where runs are recorded'),
});
