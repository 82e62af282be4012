import * as z from 'zod';

const version = z
  .string()
  .max(100)
  .regex(/^v?\d+\.\d+\.\d+(?:[-+.][\w.+-]*)?$/, 'must be an installed version like 4.21.2, not a range');

const settings = z.looseObject({
  logLevel: z.string().max(40).optional().describe('Least level that is logged, like info'),
  rateLimits: z
    .record(z.string().max(100), z.number().min(0))
    .default({})
    .describe('Requests by the name of their limit; the smaller number is the stricter one'),
});

/** What an application answers at `health.api` to a request that carries its operator's token. */
export const contractSchema = z.looseObject({
  version: z.string().max(100).optional().describe('Version of the application'),
  commit: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/)
    .optional()
    .describe('Commit it was built from; what a release changes is computed between two of them'),
  node: version.describe('process.version'),
  dependencies: z
    .record(z.string().min(1).max(214), version)
    .describe(
      'Installed packages with their versions; without it the lockfile of the commit is read instead',
    ),
  envKeys: z
    .array(z.string().min(1).max(200))
    .max(5_000)
    .describe('Names of the environment variables that are set. Never a value'),
  settings: settings.prefault({}).describe('Settings that may differ between environments'),
});

/** The same as a JSON Schema; schema/app-health.schema.json is this. */
export const contractShape = (): object => ({
  title: 'What an application tells its operator about itself',
  description: 'Answered to requests with the token alone; see docs/parity.md.',
  ...z.toJSONSchema(contractSchema, { io: 'input' }),
});
