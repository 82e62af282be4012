import { expect, it } from 'vitest';
import check from '../../../checks/database/schema-version.check.ts';
import { makePolicy, onlyThese } from '../../support/policy.ts';

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
