import * as z from 'zod';
import {
  commandLine,
  count,
  httpMethod,
  path,
  positive,
  refName,
  repoPath,
  secretName,
  text,
  url,
} from './fields.ts';

/** One HTTP call or one command: how a capability (maintenance, jobs) is switched. */
export const hookSchema = z.union([
  z.strictObject({
    method: httpMethod.default('POST'),
    path,
    token: secretName.optional().describe('Sent as bearer token'),
    json: z.record(z.string(), z.json()).optional(),
  }),
  z.strictObject({ command: commandLine }),
]);

/** Proof that a version is live: the health endpoint says so, several times, spread over some seconds. */
export const proofSchema = z.strictObject({
  path: path.default('/health'),
  version: text.default('version').describe('Field that carries the version'),
  commit: text.default('commit').describe('Field that carries the commit; checked when the answer has it'),
  times: z.number().int().min(1).default(3).describe('Consecutive answers needed'),
  everySeconds: positive.default(5),
  deadlineSeconds: positive.default(600),
});

/** How code gets onto the host. All strategies end with the same proof. */
export const hostSchema = z.discriminatedUnion('strategy', [
  z.strictObject({ strategy: z.literal('push'), proof: proofSchema.prefault({}) }),
  z.strictObject({
    strategy: z.literal('command'),
    publish: commandLine.describe('Run with RELEASE_VERSION and RELEASE_COMMIT set; exit 0 means accepted'),
    timeoutSeconds: positive.default(900),
    proof: proofSchema.prefault({}),
  }),
  z.strictObject({
    strategy: z.literal('github-workflow'),
    workflow: text.describe('File name of the workflow'),
    inputs: z.record(z.string(), z.string()).default({}),
    timeoutSeconds: positive.default(1800),
    proof: proofSchema.prefault({}),
  }),
  z.strictObject({
    strategy: z.literal('manual'),
    instructions: z.array(text).min(1).describe('The exact clicks; {version} and {commit} are filled in'),
    proof: proofSchema.prefault({}),
  }),
]);

export const databaseSchema = z.strictObject({
  url: secretName.describe('Connection string for checks; may be a pooled address'),
  directUrl: secretName.optional().describe('Direct address for migrations; default: url'),
  reserved: count.optional().describe('Connections the provider keeps for itself'),
});

export const neonTargetSchema = z.strictObject({
  project: text,
  branch: text,
  database: text,
  role: text,
  minRetentionHours: positive.default(26).describe('Shortest restore window a release needs (E-44)'),
});

export const stripeTargetSchema = z.strictObject({
  mode: z.enum(['live', 'test']),
  secretKey: secretName,
  webhookSecret: secretName.optional(),
  webhookPath: path.default('/api/payments/webhook'),
  webhookEndpoint: text.optional().describe('Id of the endpoint at Stripe (we_…)'),
});

export const maintenanceSchema = z.strictObject({
  on: hookSchema,
  off: hookSchema,
  bypass: z.strictObject({ header: text, value: secretName }).optional().describe('Lets smoke tests through'),
  statusField: text.default('maintenance').describe('Field of the health answer that tells the state'),
});

export const jobsSchema = z.strictObject({ pause: hookSchema, resume: hookSchema });

/** Test user of the smoke scenario. */
export const smokeAccountSchema = z.strictObject({
  user: secretName,
  password: secretName,
  adminToken: secretName.optional(),
  checkoutPrice: text
    .optional()
    .describe('Price used by the checkout call; on a live key it must cost nothing'),
});

export const environmentSchema = z.strictObject({
  url,
  protected: z.boolean().default(false).describe('Typed confirmation; production is protected'),
  branch: refName.optional().describe('Branch that is deployed here; default: source.main'),
  identity: text
    .optional()
    .describe('What /health must answer in `environment`, so that no other app is touched'),
  health: z
    .strictObject({
      path: path.default('/health'),
      api: path.optional(),
      database: path.optional(),
      token: secretName.optional(),
    })
    .prefault({}),
  host: hostSchema.optional(),
  database: databaseSchema.optional(),
  neon: neonTargetSchema.optional(),
  stripe: stripeTargetSchema.optional(),
  maintenance: maintenanceSchema.optional(),
  jobs: jobsSchema.optional(),
  smoke: smokeAccountSchema.optional(),
  requiredKeys: z.array(text).default([]).describe('Names of environment variables the app needs'),
  ledger: z
    .strictObject({ store: z.enum(['file']).default('file'), folder: repoPath.default('.release/state') })
    .prefault({}),
});
