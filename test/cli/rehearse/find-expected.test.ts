import { describe, expect, it } from 'vitest';
import { findExpected } from '../../../src/cli/rehearse/find-expected.ts';
import type { RehearsedWay } from '../../../src/cli/rehearse/read-way.ts';
import type { Services } from '../../../src/services/services.ts';
import { fileOf } from '../../support/rehearsal-world.ts';
import { makeCliWorld, tagOf } from '../cli-world.ts';

const FLAG = fileOf(1, 'flag', 'alter table notes add column a int', 'alter table notes drop column a');
const KEPT = 'a'.repeat(64);
const archive = { read: async () => undefined } as unknown as Services['archive'];

const wayOf = (isLive: boolean, isApplied: boolean) =>
  ({
    ends: { from: 'v2.1.0', commit: 'b'.repeat(40), isLive, to: tagOf('v2.0.3') },
    files: { pending: isApplied ? [] : [FLAG], extra: [FLAG], applied: [] },
  }) as unknown as RehearsedWay;

async function find(way: RehearsedWay, deploys: readonly (readonly [string, string, string?])[] = []) {
  const world = makeCliWorld({ services: { archive } });
  for (const [from, to, fingerprint] of deploys)
    await world.past(
      'deploy',
      [from, to],
      'completed',
      fingerprint ? { 'schema-before': { fingerprint } } : {},
    );
  return findExpected(world.wired, way);
}

describe('the schema that the earlier version had', () => {
  it('is the one of now before the deploy, while the database has none of its migrations', async () => {
    expect(await find(wayOf(false, false))).toEqual({ is: 'as-it-was' });
  });

  it('is the one that the deploy which left it kept before its migrations', async () => {
    const recorded = { is: 'recorded', fingerprint: KEPT };
    expect(await find(wayOf(true, true), [['v2.0.3', 'v2.1.0', KEPT]])).toEqual(recorded);
    expect(
      await find(wayOf(true, true), [
        ['v2.0.2', 'v2.0.3', 'c'.repeat(64)],
        ['v2.0.3', 'v2.0.4'],
        ['v2.0.4', 'v2.1.0', KEPT],
      ]),
    ).toEqual(recorded);
  });

  it.each([
    ['nobody ever left it', []],
    ['nobody kept one', [['v2.0.3', 'v2.1.0']]],
  ] as const)('is not known where %s', async (_why, deploys) => {
    expect(await find(wayOf(true, true), deploys)).toMatchObject({ is: 'not-known' });
  });

  it('is not the one of now where an earlier deploy left migrations of the newer version behind', async () => {
    expect(await find(wayOf(false, true))).toMatchObject({ is: 'not-known' });
  });
});
