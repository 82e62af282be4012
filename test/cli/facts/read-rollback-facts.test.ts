import { expect, it } from 'vitest';
import { readRollback } from '../../../src/cli/facts/read-rollback-facts.ts';
import { isThere } from '../../../src/cli/rollback/is-there.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { makeCliWorld, tagOf } from '../cli-world.ts';

const silent = async () => {
  throw new ReleaseError('E_APP_DOWN', { what: 'no answer', next: 'Look.', state: 'untouched' });
};
const none = () => Promise.reject(new TypeError('no restore was asked for'));

async function leave(story: readonly (readonly ['deploy' | 'rollback', string, string])[]) {
  const origin = { branches: { main: 'a'.repeat(40) }, tags: [tagOf('v2.1.0'), tagOf('v2.0.3')] };
  const { wired, past } = makeCliWorld({ ...origin, live: silent });
  for (const [command, from, version] of story) await past(command, [from, version]);
  const request = {
    to: tagOf('v2.0.3').version,
    db: 'none',
    reason: 'r',
    severity: 'P0',
    run: 'r-1',
  } as const;
  const standing = await readRollback(wired, request, none);
  return { standing, wired };
}

it('PMT-01, E-33: what nobody answers for is left as the version that the ledger has seen going out', async () => {
  const { standing } = await leave([['deploy', 'v2.0.3', 'v2.1.0']]);
  expect([standing.facts.from, standing.isLeftByRecord]).toEqual(['v2.1.0', true]);
  expect((await leave([])).standing.facts.from).toBe('');
});

it('E-84: what the ledger says of an application that does not answer is no proof that it is there', async () => {
  const { standing, wired } = await leave([
    ['deploy', 'v2.0.3', 'v2.1.0'],
    ['rollback', 'v2.1.0', 'v2.0.3'],
  ]);
  const facts = { ...standing.facts, treeIsThere: true };
  expect(facts.from).toBe('v2.0.3');
  expect(await isThere({ ...standing, facts }, wired)).toBe(false);
});
