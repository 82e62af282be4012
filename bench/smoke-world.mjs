// The runbook's own smoke scenario, pointed at the server of the public profile.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

const firstLine = (child) =>
  new Promise((resolve, reject) => {
    child.stdout.once('data', (part) => resolve(String(part).trim()));
    child.once('exit', () => reject(new Error('the server of the profile ended')));
  });

function makeConfig(root, url, smoke) {
  const own = parse(readFileSync(`${root}runbook.config.yaml`, 'utf8'), { merge: true });
  return {
    service: 'rur2',
    product: 'RuR2',
    timezone: 'America/New_York',
    defaultEnv: 'production',
    environments: {
      production: {
        url,
        ledger: { store: 'file' },
        stripe: { mode: 'test', secretKey: '$STRIPE_SECRET_KEY', webhookSecret: '$STRIPE_WEBHOOK_SECRET' },
        smoke: {
          user: '$SMOKE_USER',
          password: '$SMOKE_PASSWORD',
          adminToken: '$SMOKE_ADMIN_TOKEN',
          checkoutPrice: 'price_free',
        },
      },
    },
    services: { stripe: { apiUrl: url } },
    budgets: own.budgets,
    smoke: { ...own.smoke, ...smoke },
  };
}

const SECRETS = {
  STRIPE_SECRET_KEY: 'sk_test_bench0123456789abcdef',
  STRIPE_WEBHOOK_SECRET: 'whsec_bench0123456789abcdef',
  SMOKE_USER: 'smoke@example.com',
  SMOKE_PASSWORD: 'bench-password',
  SMOKE_ADMIN_TOKEN: 'bench-admin-token',
};

/** Starts the server; `command` smokes it, `readServed` tells and forgets how long its answers took. */
export async function openSmokeWorld({ root, bin }, smoke = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'release-bench-'));
  const child = spawn(process.execPath, [`${root}bench/programs/profile-server.mjs`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const url = `http://127.0.0.1:${await firstLine(child)}`;
  const config = join(folder, 'runbook.config.yaml');
  writeFileSync(config, stringify(makeConfig(root, url, smoke)));
  const out = join(folder, 'report.json');
  return {
    env: SECRETS,
    command: (...more) => [
      process.execPath,
      bin,
      'smoke',
      'v2.1.0',
      '--yes',
      '--env',
      'production',
      '--config',
      config,
      '--out',
      out,
      ...more,
    ],
    readReport: () => JSON.parse(readFileSync(out, 'utf8')).result,
    readServed: async () => (await fetch(`${url}/-/served`)).json(),
    close: () => {
      child.stdin.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
