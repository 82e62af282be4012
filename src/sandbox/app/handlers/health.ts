import { isOperator, requireAdmin } from '../access/require.ts';
import type { App } from '../app.ts';
import { POOL_SIZE } from '../database.ts';
import { type AppAnswer, type AppHandler, ok } from '../http/exchange.ts';

/** Asks nothing of the database: the host calls it often, also while the database is away. */
export const showHealth: AppHandler = ({ build, settings, flags }) =>
  ok({
    status: 'ok',
    version: build.version,
    commit: settings.commit,
    timestamp: new Date().toISOString(),
    environment: settings.environment,
    maintenance: flags.read().maintenance,
  });

async function pingMs({ pool }: App): Promise<number | undefined> {
  const start = performance.now();
  try {
    await pool.query('select 1');
    return Math.round((performance.now() - start) * 100) / 100;
  } catch {
    return undefined;
  }
}

/** What parity compares. For operators alone: it tells outsiders which libraries could be attacked (E-62, E-63). */
const details = ({ build, settings }: App) => ({
  commit: settings.commit,
  node: process.version,
  dependencies: build.dependencies,
  envKeys: settings.envNames,
  settings: { logLevel: settings.logLevel, rateLimits: { perMinute: settings.rateLimit } },
});

/** 200 healthy or 503 degraded; details for operators. */
export const showApiHealth: AppHandler = async (app, request): Promise<AppAnswer> => {
  const isUp = (await pingMs(app)) !== undefined;
  const json = {
    status: isUp ? 'healthy' : 'degraded',
    version: app.build.version,
    database: isUp ? 'connected' : 'disconnected',
    stripe: app.settings.stripe.secretKey === '' ? 'missing' : 'configured',
    ...(isOperator(app, request) ? details(app) : {}),
  };
  return { status: isUp ? 200 : 503, json };
};

/** The pool of this process; for admins (SMK-10F). */
export const showDatabaseHealth: AppHandler = async (app, request) => {
  requireAdmin(app, request);
  const latency = await pingMs(app);
  return {
    status: latency === undefined ? 503 : 200,
    json: {
      connected: latency !== undefined,
      latency_ms: latency ?? null,
      pool_size: POOL_SIZE,
      active_connections: app.pool.totalCount - app.pool.idleCount,
    },
  };
};

/** The one page people see. */
export const showPage: AppHandler = ({ build, settings }) => {
  const name = settings.environment.replace(/[^\w-]/g, '');
  const version = build.version.replace(/[^\w.-]/g, '');
  const page = `<!doctype html><meta charset="utf-8"><title>RuR2 SANDBOX</title><h1>RuR2 ${version}</h1><p>SANDBOX, ${name}. Nobody real is served here.</p>\n`;
  return { status: 200, type: 'text/html; charset=utf-8', bytes: Buffer.from(page) };
};
