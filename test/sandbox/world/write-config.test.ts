import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import windowOpen from '../../../checks/people/window-open.check.ts';
import { findWrongValues } from '../../../src/config/check-values.ts';
import { type Loaded, loadRunbook } from '../../../src/config/load.ts';
import { missingSecrets } from '../../../src/config/missing-secrets.ts';
import { makeSecrets } from '../../../src/config/secrets.ts';
import { CANARY, makeWorldSecrets } from '../../../src/sandbox/world/make-secrets.ts';
import { noonZone, writeConfig } from '../../../src/sandbox/world/write-config.ts';
import { makePolicy } from '../../support/policy.ts';

const secrets = makeWorldSecrets();
const addresses = {
  app: 'http://127.0.0.1:41001',
  staging: 'http://127.0.0.1:41008',
  origin: '/tmp/world/origin.git',
  neon: 'http://127.0.0.1:41002',
  stripe: 'http://127.0.0.1:41003',
  slack: 'http://127.0.0.1:41004',
  statuspage: 'http://127.0.0.1:41010/v1',
  pagerduty: 'http://127.0.0.1:41011',
  github: 'http://127.0.0.1:41005',
  platform: 'http://127.0.0.1:41006',
  stagingPlatform: 'http://127.0.0.1:41009',
  database: `postgres://rur2_owner:${CANARY}pw@127.0.0.1:41007/rur2`,
  stagingDatabase: `postgres://rur2_owner:${CANARY}pw@127.0.0.1:41007/rur2_staging`,
};

const writtenAt = new Date(Date.UTC(2025, 9, 1, 3, 30));

let folder: string;
let written: Loaded;
let own: Loaded;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-config-'));
  const file = writeConfig(folder, addresses, secrets, process.execPath, writtenAt);
  written = loadRunbook({ cwd: folder, file });
  own = loadRunbook({ cwd: process.cwd(), file: 'runbook.config.yaml' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the configuration of a sandbox', () => {
  it('passes the program’s own check and says that it is a sandbox', () => {
    expect(written.runbook.sandbox).toBe(true);
    expect(written.warnings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('is the runbook of RuR2 in everything that decides', () => {
    const parts = [
      'thresholds',
      'roles',
      'people',
      'owners',
      'severities',
      'monitoring',
      'integrity',
      'migrations',
      'timezone',
    ] as const;
    for (const part of parts) expect(written.runbook[part], part).toEqual(own.runbook[part]);
    // Nobody sits there to sign: decision 1 is asked for, and a NO-GO stops, but a deploy does not wait for it.
    const { 1: first, ...decisions } = own.runbook.decisions ?? {};
    expect(written.runbook.decisions).toEqual({ ...decisions, 1: { ...first, required: false } });
    expect(written.runbook.services.slack?.routes).toEqual(own.runbook.services.slack?.routes);
  });

  it('E-24: makes the runbook’s smoke calls, as often as a P95 takes at the least', () => {
    const { samples, writeSamples, everyMs, spreadSeconds, rollback, ...rest } = written.runbook.smoke ?? {};
    expect({ samples, writeSamples, everyMs, spreadSeconds, rollback }).toEqual({
      samples: 59,
      writeSamples: 1,
      everyMs: 50,
      spreadSeconds: 4,
      rollback: { samples: 59, writeSamples: 1, p95: 'here' },
    });
    expect(own.runbook.smoke).toMatchObject(rest);
  });

  it('lets times be five times the runbook’s, in rules of a watch as well, and nothing else', () => {
    const boundsOf = ({ runbook }: Loaded, id: string) => runbook.rules[id]?.bands.map(({ from }) => from);
    expect(boundsOf(written, 'p95-ratio')).toEqual(boundsOf(own, 'p95-ratio')?.map((from = 0) => from * 5));
    expect(boundsOf(written, 'query-p95-ms')).toEqual([500, 500, 2500]);
    const rest = ({ runbook }: Loaded) =>
      Object.entries(runbook.rules).filter(
        ([, { unit, against }]) => unit !== 'ms' || against === 'p95-budget',
      );
    expect(rest(written)).toEqual(rest(own));
    expect(rest(own).length).toBeGreaterThan(10);
  });

  it('gives endpoints five times the runbook’s limits, and as many errors as it does', () => {
    for (const [name, budget] of Object.entries(own.runbook.budgets)) {
      const { p95Ms, maxMs, ...others } = budget;
      expect(written.runbook.budgets[name]).toEqual({
        ...others,
        p95Ms: p95Ms * 5,
        ...(maxMs === undefined ? {} : { maxMs: maxMs * 5 }),
      });
    }
  });

  it('holds no secret, only names, and every name has its value beside it', () => {
    const text = readFileSync(written.file, 'utf8');
    for (const [name, value] of Object.entries(secrets))
      if (name !== 'SMOKE_USER') expect(text.includes(value), name).toBe(false);
    expect(text).not.toContain(CANARY);
    const known = makeSecrets({ env: {}, envFile: join(folder, '.env.runbook') });
    for (const env of ['production', 'staging'])
      expect(missingSecrets(written, known, env).map(({ name }) => name)).toEqual([]);
    expect(known.read('$DATABASE_URL_PROD')).toBe(addresses.database);
    expect(known.read('$DATABASE_URL_STAGING')).toBe(addresses.stagingDatabase);
    expect(findWrongValues(written.runbook, known)).toEqual([]);
  });

  it('lets nobody else on the machine read the secrets', () => {
    expect(statSync(join(folder, '.env.runbook')).mode & 0o077).toBe(0);
  });

  it('points at this machine alone', () => {
    const { environments, services, source } = written.runbook;
    expect(Object.entries(environments).map(([name, { url }]) => [name, url])).toEqual([
      ['production', addresses.app],
      ['staging', addresses.staging],
    ]);
    expect([services.neon?.apiUrl, services.stripe?.apiUrl]).toEqual([addresses.neon, addresses.stripe]);
    expect([services.slack?.apiUrl, services.github?.apiUrl]).toEqual([addresses.slack, addresses.github]);
    expect(source.remote).toBe(addresses.origin);
    expect(services.mail?.smtp).toBeUndefined();
  });

  it('PRE-18: has a staging with a key of Stripe’s test mode, a database and an application of its own', () => {
    const { production, staging } = written.runbook.environments;
    expect(staging).toMatchObject({
      protected: false,
      identity: 'staging',
      branch: 'release/{version}',
      stripe: { mode: 'test', secretKey: '$STRIPE_SECRET_KEY_STAGING' },
      database: { url: '$DATABASE_URL_STAGING' },
      health: { ...production?.health, token: '$APP_TOKEN_STAGING' },
    });
    expect(staging?.neon).toBeUndefined();
  });

  it('PRE-25: has its window open long enough whatever the hour', () => {
    const { runbook } = written;
    expect(runbook.window).toMatchObject({ zone: noonZone(writtenAt) });
    for (let hour = 0; hour < 24; hour += 1) {
      const now = new Date(Date.UTC(2025, 9, 1, hour, 30));
      // All that the hour changes; to write and read the whole for each of them takes seconds.
      const window = { ...runbook.window, zone: noonZone(now) } as Loaded['runbook']['window'];
      const policy = makePolicy({ runbook: { ...runbook, window } });
      expect(windowOpen.judge({ at: now }, policy).outcome, now.toISOString()).toBe('pass');
    }
  });
});
