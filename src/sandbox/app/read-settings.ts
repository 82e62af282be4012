import type { AppSettings } from './settings.ts';

const NEEDED = [
  'DATABASE_URL',
  'JWT_SECRET',
  'STRIPE_SECRET_KEY',
  'STRIPE_API_URL',
  'STRIPE_WEBHOOK_SECRET',
  'APP_TOKEN',
  'MAINTENANCE_BYPASS',
  'SMOKE_ADMIN_TOKEN',
  'ENVIRONMENT',
  'APP_ROOT',
  'APP_COMMIT',
  'APP_FLAGS',
  'APP_FILES',
] as const;

type Needed = (typeof NEEDED)[number];
type Env = Readonly<Record<string, string | undefined>>;

function readWhole(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined || text === '') return otherwise;
  if (!/^\d{1,7}$/.test(text)) throw new Error(`${name} is no whole number`);
  return Number(text);
}

/** Settings from the environment. Throws one line that names every variable that is missing or empty. */
export function readSettings(env: Env, say: AppSettings['say']): AppSettings {
  const missing = NEEDED.filter((name) => !env[name]);
  if (missing.length > 0) throw new Error(`not set: ${missing.join(', ')}`);
  const given = env as Readonly<Record<Needed, string>>;
  return {
    port: readWhole('PORT', env.PORT, 0),
    databaseUrl: given.DATABASE_URL,
    environment: given.ENVIRONMENT,
    root: given.APP_ROOT,
    commit: given.APP_COMMIT,
    flagsFile: given.APP_FLAGS,
    filesFolder: given.APP_FILES,
    jwtSecret: given.JWT_SECRET,
    operatorToken: given.APP_TOKEN,
    adminToken: given.SMOKE_ADMIN_TOKEN,
    bypass: given.MAINTENANCE_BYPASS,
    stripe: {
      secretKey: given.STRIPE_SECRET_KEY,
      apiUrl: given.STRIPE_API_URL,
      webhookSecret: given.STRIPE_WEBHOOK_SECRET,
    },
    exportMs: readWhole('EXPORT_MS', env.EXPORT_MS, 1000),
    logLevel: env.LOG_LEVEL || 'info',
    rateLimit: readWhole('RATE_LIMIT_PER_MINUTE', env.RATE_LIMIT_PER_MINUTE, 600),
    envNames: Object.keys(env).sort(),
    say,
  };
}
