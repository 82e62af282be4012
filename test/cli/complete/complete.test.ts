import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/cli/catalogue/index.ts';
import { complete } from '../../../src/cli/complete/complete.ts';
import type { Sources } from '../../../src/cli/complete/live-values.ts';

const named = {
  environments: [
    { value: 'production', about: 'https://rur2.example' },
    { value: 'staging', about: 'https://staging.example' },
  ],
  roles: [{ value: 'qa-lead', about: 'QA Lead' }],
  people: [{ value: 'robin-example', about: 'Robin Example' }],
};
const sources: Sources = {
  named: async (part) => named[part],
  refs: async () => [
    'refs/tags/v2.0.3',
    'refs/tags/v2.0.10',
    'refs/tags/v2.1.0-rc.1',
    'refs/tags/v9$(id)',
    'refs/heads/release/v2.1.0',
    'refs/remotes/origin/release/v2.1.0',
    'refs/remotes/origin/release/v2.0.3',
    'refs/remotes/origin/release/;id',
  ],
  checks: async () => [{ value: 'stripe.webhook', about: 'Signed' }],
  templates: async () => ['rc-ready'],
};
/** The candidates for a line whose last word is unfinished. */
const offer = async (line: string, from: Sources = sources): Promise<string[]> =>
  (await complete(line.split(' ').slice(1), from)).split('\n').map((one) => one.split('\t')[0] ?? '');

describe('what a shell offers', () => {
  it('is every command that people type, with what it promises', async () => {
    const people = COMMANDS.filter(({ group }) => group !== 'Plumbing');
    expect(await offer('release ')).toEqual(people.map(({ name }) => name));
    expect(await complete(['depl'], sources)).toBe(
      'deploy\tput a release on an environment, step by step'.replace(
        /\t.*/,
        `\t${people.find(({ name }) => name === 'deploy')?.summary}`,
      ),
    );
  });

  it.each([
    ['release deploy ', ['v2.1.0', 'v2.0.10', 'v2.0.3']],
    ['release deploy v2.1', ['v2.1.0']],
    ['release --env production deploy ', ['v2.1.0', 'v2.0.10', 'v2.0.3']],
    ['release deploy --yes ', ['v2.1.0', 'v2.0.10', 'v2.0.3']],
    ['release rollback --to ', ['v2.0.10', 'v2.0.3']],
    ['release deploy v2.1.0 --env ', ['production', 'staging']],
    ['release deploy v2.1.0 --env=p', ['production']],
    ['release deploy v2.1.0 --env = s', ['staging']],
    ['release deploy v2.1.0 --env =', ['production', 'staging']],
    ['release preflight --only str', ['stripe.webhook']],
    ['release approve v2.1.0 --as ', ['qa-lead']],
    ['release approve v2.1.0 --for ', ['robin-example']],
    ['release notify ', ['rc-ready']],
    ['release handoff ', ['before', 'after', 'emergency']],
    ['release rollback --severity P', ['P0', 'P1', 'P2']],
    ['release --ver', ['--verbose', '--version']],
    ['release help exit', ['exit-codes']],
    ['release completion z', ['zsh']],
  ])('for %j', async (line, candidates) => {
    expect(await offer(line)).toEqual(candidates);
  });

  it.each([
    ['release deploy v2.1.0 '],
    ['release deploy -- '],
    ['release deploy v2.1.0 --reason '],
    ['release nothing-of-ours x '],
  ])('is nothing that could be wrong for %j', async (line) => {
    expect(
      (await offer(line)).filter((word) => word !== '' && !COMMANDS.some(({ name }) => name === word)),
    ).toEqual([]);
  });

  it('is the name of a file where one is wanted', async () => {
    for (const line of ['release preflight --out ', 'release --config ', 'release preflight --files '])
      expect(await offer(line)).toEqual([':files']);
  });

  it('T08: is never a word that a shell would run', async () => {
    const hostile: Sources = {
      ...sources,
      named: async () =>
        ['$(id)', '`id`', 'a b', 'x;id', '-rf', "q'", 'a\nb', 'good'].map((value) => ({
          value,
          about: '\u001b]52;c;x\u0007\tx\ny',
        })),
    };
    expect(await complete(['deploy', '--env', ''], hostile)).toBe('-rf\tx y\ngood\tx y');
  });

  it('leaves out flags that the command refuses', async () => {
    expect(await offer('release prepare --e')).not.toContain('--env');
    expect(await offer('release status --pl')).toEqual(['']);
  });
});
