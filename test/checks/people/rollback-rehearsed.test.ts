import { describe, expect, it } from 'vitest';
import check from '../../../checks/people/rollback-rehearsed.check.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { Policy, Scope, Services } from '../../../src/kit.ts';
import { makePolicy, makeRunbook } from '../../support/policy.ts';

const release = { version: 'v2.1.0', branch: 'release/v2.1.0', commit: 'b'.repeat(40), from: 'v2.0.3' };
const NOW = new Date('2025-10-01T12:00:00.000Z');

const recordOf = (over: JsonObject = {}): JsonObject => ({
  from: 'v2.1.0',
  to: 'v2.0.3',
  commit: release.commit,
  data: 'down',
  configDigest: 'digest',
  outcome: 'proven',
  because: '',
  estimateMs: 250_000,
  limitMs: 900_000,
  ...over,
});

const factOf = (record?: JsonObject): JsonObject => ({
  configDigest: 'digest',
  ...(record === undefined ? {} : { found: { record, at: '2025-10-01T09:00:00.000Z' } }),
});

async function ask(rollbackRehearsal: JsonObject, over: Partial<Policy> = {}) {
  const policy = makePolicy({ release, now: NOW, facts: { rollbackRehearsal }, ...over });
  const scope: Scope = { ...policy, signal: new AbortController().signal };
  return check.judge(await check.probe({} as Services, scope), policy);
}

describe('the rehearsal of the rollback', () => {
  it('PRE-32: passes with the age of the proof and the time a rollback would take', async () => {
    expect(await ask(factOf(recordOf()))).toEqual({
      outcome: 'pass',
      said: 'rollback from v2.1.0 to v2.0.3 (rollback scripts) proven 3 h ago; it would take about 4 min 10 s of 15 min',
    });
  });

  it('warns, and holds up nobody, where the way back was never rehearsed, with the line that does it', async () => {
    expect(await ask(factOf())).toMatchObject({
      outcome: 'warn',
      remedy: 'release rollback --rehearse --from v2.1.0 --to v2.0.3 --env production',
    });
  });

  it('holds the release where it went wrong: people decide', async () => {
    const wrong = recordOf({ outcome: 'not-proven', because: 'database: a column is left' });
    expect(await ask(factOf(wrong))).toMatchObject({ outcome: 'fail', holds: true });
  });

  it('is not known where the ledger could not be read', async () => {
    await expect(ask({ unread: 'The ledger is away.' })).rejects.toMatchObject({
      code: 'E_LEDGER_UNREADABLE',
    });
  });

  it.each([
    ['no version is named', { release: undefined }, 'no version was named'],
    ['it is live', { release: { ...release, from: 'v2.1.0' } }, 'v2.1.0 is live already'],
    [
      'nobody could make a branch',
      {
        release,
        environment: { ...makeRunbook().environments.production, neon: undefined },
        runbook: makeRunbook({ migrations: {} }),
      },
      'Neon is not configured: there is no branch to try it on',
    ],
  ])('is not asked where %s', (_when, over, why) => {
    expect(check.absent?.(makePolicy(over as unknown as Partial<Policy>))).toBe(why);
  });
});
