import { describe, expect, it } from 'vitest';
import check from '../../../checks/database/schema-version.check.ts';
import { type Environment, ReleaseError } from '../../../src/kit.ts';
import type { LiveVersion } from '../../../src/services/host/port.ts';
import { tagOf } from '../../cli/cli-world.ts';
import { makePolicy, makeRunbook, onlyThese } from '../../support/policy.ts';

const file = (tag: string) => ({ tag, sql: `-- ${tag}`, hash: `hash of ${tag}`, when: 1 });
const row = (tag: string) => ({ hash: `hash of ${tag}`, when: 1 });
const seen = (applied: string[], expected: string[], coming = expected) => ({
  live: 'v2.0.3',
  expected: expected.map(file),
  coming: coming.map(file),
  applied: applied.map(row),
});

it('ENV-07: passes when exactly the files of the live version are applied', () => {
  expect(check.judge(seen(['0041', '0042'], ['0041', '0042']), makePolicy()).outcome).toBe('pass');
});

it('ENV-07: fails when a file of the live version is missing', () => {
  expect(check.judge(seen(['0041'], ['0041', '0042']), makePolicy())).toMatchObject({
    outcome: 'fail',
    said: '0042 of v2.0.3 is not applied',
  });
});

it('PRE-19: passes when a file of the coming version is there early, and says so', () => {
  const judged = check.judge(seen(['0041', '0042'], ['0041'], ['0041', '0042']), makePolicy());
  expect(judged).toMatchObject({ outcome: 'pass' });
  expect(judged.said).toContain('1 of the coming release already applied');
});

it('ENV-07: fails for an applied migration that no commit knows', () => {
  expect(check.judge(seen(['0041', 'by hand'], ['0041']), makePolicy()).outcome).toBe('fail');
});

it('cannot answer without a tag of the live version', async () => {
  const host = { liveVersion: async () => ({ version: '2.0.3', latencyMs: 1 }) };
  const services = onlyThese({ git: { tag: async () => undefined }, host });
  await expect(check.probe(services, makePolicy())).rejects.toMatchObject({ code: 'E_NO_TAG' });
});

describe('what is live where candidates are tried', () => {
  const { production } = makeRunbook().environments;
  const staging = { url: 'https://staging.example', branch: 'release/{version}' };
  const runbook = makeRunbook({ environments: { production, staging } });
  const [candidate, other] = ['c'.repeat(40), 'd'.repeat(40)];
  const release = { version: 'v2.1.0-rc.1', branch: 'release/v2.1.0', commit: candidate, from: 'v2.1.0' };
  const read: string[] = [];
  const services = (tag: string | undefined, liveVersion: () => Promise<LiveVersion>) =>
    onlyThese({
      git: {
        tag: async () => (tag === undefined ? undefined : { ...tagOf('v2.1.0'), commit: tag }),
        contains: async () => true,
        readFile: async (commit: string) => {
          read.push(commit);
          return undefined;
        },
        listFiles: async () => [],
      },
      host: { liveVersion },
      postgres: { appliedMigrations: async () => [] },
    });
  const told = async () => ({ version: '2.1.0', commit: candidate, latencyMs: 1 });
  const probe = (tag: string | undefined, live: () => Promise<LiveVersion> = told) => {
    read.length = 0;
    const environment = runbook.environments.staging as Environment;
    return check.probe(services(tag, live), makePolicy({ runbook, env: 'staging', environment, release }));
  };

  it('ENV-07: is the commit that the application tells: a candidate has no tag with its number', async () => {
    expect(await probe(undefined)).toMatchObject({ live: 'v2.1.0' });
    expect(read[0]).toBe(candidate);
  });

  it('ENV-07: is that commit also when its number was tagged since, at another one', async () => {
    await probe(other);
    expect(read[0]).toBe(candidate);
  });

  it('PRE-19: may be nothing: an application that is down is what the candidate mends', async () => {
    const down = async () => {
      throw new ReleaseError('E_APP_DOWN', { what: 'Down.', next: 'Start it.', state: 'untouched' });
    };
    expect(await probe(undefined, down)).toMatchObject({ live: 'nothing', expected: [] });
  });
});
