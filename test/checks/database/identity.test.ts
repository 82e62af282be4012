import { describe, expect, it } from 'vitest';
import check from '../../../checks/database/identity.check.ts';
import { type Environment, ReleaseError } from '../../../src/kit.ts';
import type { DatabaseIdentity } from '../../../src/services/postgres/port.ts';
import { makePolicy, makeRunbook, onlyThese } from '../../support/policy.ts';

const database = (over: Partial<DatabaseIdentity> = {}): DatabaseIdentity => ({
  systemIdentifier: '7300000000000000001',
  database: 'rur2',
  host: 'ep-live.neon.tech',
  port: 5432,
  serverVersion: '18.1',
  ...over,
});
const judge = (other: Partial<DatabaseIdentity>, neon = true) =>
  check.judge({ own: database(), others: [{ env: 'staging', is: database(other) }], neon }, makePolicy());

describe('two environments', () => {
  it.each([
    ['the very same', {}, true, 'fail'],
    ['the same behind a pooler', { host: 'ep-live-pooler.neon.tech' }, true, 'fail'],
    ['the same under another name, without Neon', { host: 'db.internal' }, false, 'fail'],
    ['another branch of the project', { host: 'ep-other.neon.tech' }, true, 'pass'],
    ['another database of the server', { database: 'rur2_staging' }, true, 'pass'],
    ['another server', { systemIdentifier: '7300000000000000002' }, false, 'pass'],
  ])('HOP-24: with %s the answer is told apart', (_, other, neon, outcome) => {
    expect(judge(other, neon).outcome).toBe(outcome);
  });

  it('HOP-24: names both when they share one database', () => {
    expect(judge({}).said).toBe('rur2 on ep-live.neon.tech is also the database of staging');
  });
});

describe('another environment that does not answer', () => {
  const runbook = makeRunbook({
    environments: {
      production: { url: 'https://rur2.example', database: { url: '$A' } },
      staging: { url: 'https://staging.example', database: { url: '$B' } },
    },
  });
  const policy = makePolicy({ runbook });
  const asking = (staging: () => Promise<DatabaseIdentity>) =>
    onlyThese({
      postgres: { identity: (env) => (env === 'staging' ? staging() : Promise.resolve(database())) },
    });

  it('is said, and never counts as different', async () => {
    const silent = new ReleaseError('E_DB_UNREACHABLE', {
      what: 'Nobody answers.',
      next: '',
      state: 'untouched',
    });
    const found = await check.probe(
      asking(() => Promise.reject(silent)),
      policy,
    );
    expect(check.judge(found, policy)).toMatchObject({
      outcome: 'warn',
      said: expect.stringContaining('not compared with staging: Nobody answers.'),
    });
  });

  it('PRE-15: holds where candidates are tried, when the silent one is a protected environment', () => {
    const protectedOne = makeRunbook({
      environments: {
        production: { url: 'https://rur2.example', protected: true, database: { url: '$A' } },
        staging: { url: 'https://staging.example', database: { url: '$B' } },
      },
    });
    const environment = protectedOne.environments.staging as Environment;
    const seen = { own: database(), others: [{ env: 'production', unread: 'No secret.' }], neon: false };
    const judged = check.judge(seen, makePolicy({ runbook: protectedOne, env: 'staging', environment }));
    expect(judged).toMatchObject({ outcome: 'fail', holds: true });
  });

  it('hides no bug of ours', async () => {
    const broken = asking(() => Promise.reject(new TypeError('ours')));
    await expect(check.probe(broken, policy)).rejects.toThrow('ours');
  });

  it('is not asked for when there is no other database', () => {
    expect(check.absent?.(policy)).toBeUndefined();
    expect(check.absent?.(makePolicy())).toContain('no other environment');
  });
});
