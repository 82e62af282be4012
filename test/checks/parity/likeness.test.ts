import { describe, expect, it } from 'vitest';
import check from '../../../checks/parity/likeness.check.ts';
import { makeLikeness, type Seen } from '../../../checks/parity/make-likeness.ts';
import { runbookSchema } from '../../../src/config/schema/index.ts';
import { askCheck } from '../../../src/engine/ask-check.ts';
import { type Check, ReleaseError } from '../../../src/kit.ts';
import type { Inventory } from '../../../src/services/app/port.ts';
import { makeSql } from '../../../src/services/sql/real.ts';
import { compare } from '../../support/parity.ts';
import { makePolicy, makeRunbook, onlyThese } from '../../support/policy.ts';
import { makeSteppedClock } from '../../support/stepped-clock.ts';

const health = { api: '/api/health' };
const environments = {
  production: { url: 'https://rur2.example', health, database: { url: '$DB' } },
  staging: { url: 'https://staging.example', health, database: { url: '$DB_STAGING' } },
};
const runbook = makeRunbook({ environments });
const policy = makePolicy({ runbook });

const judge = (found: ReturnType<typeof compare>) =>
  check.judge({ comparison: found, between: ['staging', 'production'], weights: {} } satisfies Seen, policy);

describe('the likeness of staging and production', () => {
  it('GO-05: passes with the score where nothing differs', () => {
    expect(judge(compare({}))).toMatchObject({ outcome: 'pass', said: '100 % alike' });
  });

  it('PRE-28: is NO-GO for one difference that is never acceptable, at any score, and names it', () => {
    const judged = judge(compare({ node: '22.12.1' }));
    expect(judged).toMatchObject({ outcome: 'fail' });
    expect(judged.holds).toBeUndefined();
    expect(judged.said).toContain('Node.js 22.12.1 ≠ 22.12.0');
  });

  const extra = (n: number) =>
    compare(
      {},
      { envKeys: ['DATABASE_URL', 'JWT_SECRET', ...Array.from({ length: n }, (_, i) => `OLD_${i}`)] },
    );

  it('NG-07, E-11: is for people to decide from 80 to 90 %, NO-GO below, and a warning above', () => {
    const percents = [1, 2].map((n) => [judge(extra(n)).outcome, judge(extra(n)).holds]);
    expect(percents).toEqual([
      ['fail', true],
      ['fail', undefined],
    ]);
    const packages = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`p${i}`, '1.0.0']));
    const wide = compare({ packages }, { packages, envKeys: ['DATABASE_URL', 'JWT_SECRET', 'OLD'] });
    expect(judge(wide)).toMatchObject({
      outcome: 'warn',
      said: expect.stringContaining('OLD only in production'),
    });
  });

  it('HOP-14: keeps the whole comparison as evidence, without a value of any variable', () => {
    const { evidence } = judge(compare({ envKeys: ['DATABASE_URL', 'JWT_SECRET', 'FEATURE_X'] }));
    expect(evidence).toMatchObject({
      between: ['staging', 'production'],
      threshold: 90,
      floor: 80,
      unacceptable: ['env/FEATURE_X'],
      areas: [
        { name: 'node' },
        { name: 'packages' },
        { name: 'keys', same: 2, total: 3 },
        { name: 'schema' },
      ],
    });
    expect(JSON.stringify(evidence)).toBe(JSON.stringify(JSON.parse(JSON.stringify(evidence))));
  });

  it('is asked only where both environments can be', () => {
    expect(check.absent?.(policy)).toBeUndefined();
    expect(check.absent?.({ ...policy, env: 'staging' })).toContain('staging is what');
    const alone = makePolicy({ runbook: makeRunbook() });
    expect(check.absent?.(alone)).toBe('there is no environment staging');
    const bare = runbookSchema.parse({
      service: 's',
      product: 'S',
      timezone: 'UTC',
      environments: { staging: { url: 'https://s.example' }, production: environments.production },
    });
    expect(check.absent?.({ ...policy, runbook: bare })).toContain('not configured for both');
  });
});

const COMMITS = { staging: 'a'.repeat(40), production: 'b'.repeat(40) };
const told = (env: string): Inventory => ({
  address: `https://${env}.example/api/health`,
  commit: COMMITS[env as keyof typeof COMMITS],
  node: '22.12.0',
  envKeys: ['DATABASE_URL'],
  settings: { rateLimits: {} },
  exposed: [],
});

const LOCK = JSON.stringify({
  packages: {
    'node_modules/zod': { version: '3.23.8' },
    'node_modules/vitest': { version: '4.0.0', dev: true },
  },
});

interface World {
  readonly inventory?: (env: string) => Promise<Inventory>;
  readonly files?: Readonly<Record<string, string>>;
}

const worldOf = ({
  inventory = async (env) => told(env),
  files = { 'package-lock.json': LOCK },
}: World = {}) =>
  onlyThese({
    app: { inventory },
    git: {
      sync: async () => undefined,
      tag: async () => undefined,
      contains: async () => true,
      listFiles: async () => [],
      filesWith: async () => [],
      readFile: async (_, path) => files[path],
    },
    postgres: { appliedMigrations: async () => [], catalogue: async () => ({ items: [] }) },
    sql: makeSql(),
  });

const ask = (world: World, over: object = {}, asked = makeLikeness({})) =>
  askCheck(asked as unknown as Check, {
    services: worldOf(world),
    policy: { ...policy, ...over },
    clock: makeSteppedClock().clock,
    signal: new AbortController().signal,
  });

describe('two environments that are read', () => {
  it('PAR-02: count by the lockfile where the application tells no packages, without those for development', async () => {
    const answered = await ask({});
    expect(answered).toMatchObject({ outcome: 'pass' });
    const [, packages] = (answered.evidence as unknown as { areas: { total: number; note: string }[] }).areas;
    expect(packages).toMatchObject({ total: 1, note: 'by lockfile: what is installed was not told' });
  });

  it('E-62: are not known where packages are neither told nor locked', async () => {
    const answered = await ask({ files: {} });
    expect(answered).toMatchObject({ outcome: 'unknown' });
    expect(answered.said).toContain('does not tell dependencies');
  });

  it('PAR-05: are not known when one cannot be read, and that is no GO', async () => {
    const inventory = async (env: string) => {
      if (env === 'production') return told(env);
      throw new ReleaseError('E_NETWORK', { what: 'no answer', next: 'Look.', state: 'untouched' });
    };
    const answered = await ask({ inventory });
    expect(answered).toMatchObject({ outcome: 'unknown' });
    expect(answered.said).toBe('staging: no answer Parity cannot be judged, and that is no GO.');
  });

  it('PAR-05: names both when neither can be read', async () => {
    const inventory = async (env: string) => {
      throw new ReleaseError('E_NETWORK', { what: `no answer of ${env}`, next: 'Look.', state: 'untouched' });
    };
    const { said } = await ask({ inventory });
    expect(said).toContain('no answer of staging');
    expect(said).toContain('no answer of production');
  });

  it('tell missing keys of ours apart from everything else', async () => {
    const inventory = async () => {
      throw new ReleaseError('E_SECRET_MISSING', { what: 'APP_TOKEN', next: 'Set it.', state: 'untouched' });
    };
    expect(await ask({ inventory })).toMatchObject({ outcome: 'unknown', credential: 'missing' });
  });

  it('PRE-28: say nothing about a release that is not the one on staging', async () => {
    const release = { version: 'v2.1.0', branch: 'release/v2.1.0', commit: 'c'.repeat(40) };
    const answered = await ask({}, { release });
    expect(answered).toMatchObject({ outcome: 'unknown' });
    expect(answered.said).toContain('staging runs aaaaaaa, and this release is ccccccc');
    const own = { ...release, commit: COMMITS.staging };
    expect(await ask({}, { release: own })).toMatchObject({ outcome: 'pass' });
  });

  it('may be two others, and leave out what is named', async () => {
    const order = { between: ['production', 'staging'] as const, ignore: ['env/*'] };
    const inventory = async (env: string) => ({ ...told(env), envKeys: [env.toUpperCase()] });
    const answered = await ask({ inventory }, {}, makeLikeness(order));
    expect(answered.evidence).toMatchObject({
      between: ['production', 'staging'],
      ignored: ['env/PRODUCTION', 'env/STAGING'],
      unacceptable: [],
    });
  });

  it('M4: are asked for everything at once', async () => {
    const open: string[] = [];
    let most = 0;
    const inventory = async (env: string) => {
      open.push(env);
      most = Math.max(most, open.length);
      await new Promise((resolve) => setImmediate(resolve));
      open.pop();
      return told(env);
    };
    await ask({ inventory });
    expect(most).toBe(2);
  });
});
