import { expect, it } from 'vitest';
import check from '../../../checks/source/back-merged.check.ts';
import type { GitPort } from '../../../src/services/git/port.ts';
import { makePolicy, onlyThese } from '../../support/policy.ts';

const line = { sha: 's', subject: 'Merge', author: 'a', at: '' };
const ask = async (git: Partial<GitPort>) =>
  check.judge(await check.probe(onlyThese({ git }), makePolicy()), makePolicy());

it('E-37: passes while develop contains main', async () => {
  const git = { branchTip: async () => 'x', contains: async () => true };
  expect(await ask(git)).toMatchObject({ outcome: 'pass', said: 'develop contains main' });
});

it('E-37: warns with the number of commits that are lost to the next release', async () => {
  const git = {
    branchTip: async () => 'x',
    contains: async () => false,
    commitsBetween: async () => [line, line],
  };
  expect(await ask(git)).toMatchObject({ outcome: 'warn', said: 'develop lacks 2 commits of main' });
});

it('E-37: has nothing to say where there is no develop', async () => {
  const git = { branchTip: async (name: string) => (name === 'main' ? 'x' : undefined) };
  expect(await ask(git)).toMatchObject({ outcome: 'skip' });
});
