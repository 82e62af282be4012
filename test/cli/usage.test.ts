import { describe, expect, it } from 'vitest';
import { lookBack } from '../../src/cli/catalogue/look-back.ts';
import { releaseDay } from '../../src/cli/catalogue/release-day.ts';
import { parseWords as parse } from '../../src/cli/program.ts';
import { tooManyArguments, unknownFlag } from '../../src/cli/usage.ts';

const specs = [...releaseDay, ...lookBack];
const parseWords = (words: readonly string[], env: Readonly<Record<string, string>>) =>
  parse(words, env, specs);

const refusalOf = (words: string): string => {
  try {
    parseWords(words.split(' '), {});
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return 'accepted';
};
const deploy = releaseDay.find((spec) => spec.name === 'deploy');

describe('words that cannot be meant', () => {
  it('names the nearest command', () => {
    expect(refusalOf('hepl')).toBe('There is no command "hepl". Did you mean "help"?');
  });

  it('names the nearest flag of the command', () => {
    expect(unknownFlag('--pln', deploy).text.what).toBe('deploy has no flag "--pln". Did you mean "--plan"?');
    expect(refusalOf('preflight --onyl x')).toBe('preflight has no flag "--onyl". Did you mean "--only"?');
  });

  it('counts what it got', () => {
    const spec = deploy as NonNullable<typeof deploy>;
    expect(tooManyArguments(spec, ['v2.1.0', 'extra']).text.what).toBe(
      'deploy takes one version, got two: "v2.1.0" "extra".',
    );
    expect(refusalOf('status now')).toBe('status takes no argument, got one: "now".');
  });

  it('refuses a plan from commands that only read', () => {
    expect(refusalOf('status --plan')).toBe('status changes nothing, so it has no --plan.');
  });

  it('refuses two documents on one stdout', () => {
    expect(refusalOf('preflight --json --events -')).toContain('both want stdout');
  });

  it('asks for a command when there are flags alone', () => {
    expect(refusalOf('--json')).toBe('There is no command on this line.');
  });

  it.each([
    ['deploy v2.1.0 --env= --yes', '--env is empty. Is a variable not set?'],
    ['deploy v2.1.0 --config= --yes', '--config is empty. Is a variable not set?'],
    ['deploy v2.1.0 --plan-id= --yes', '--plan-id is empty. Is a variable not set?'],
    ['preflight --waive= --reason x', '--waive is empty. Is a variable not set?'],
    ['deploy --env staging --env production', '--env is said twice: "staging" and "production".'],
    ['rollback --to v2.0.3 --to v2.0.2', '--to is said twice: "v2.0.3" and "v2.0.2".'],
    ['rollback --to v2.0.3 --db none --db restore', '--db is said twice: "none" and "restore".'],
    ['deploy --env staging --env staging', 'accepted'],
    ['preflight --files a.sql b.sql', 'accepted'],
    ['preflight --waive a --waive b --reason x', 'accepted'],
  ])('refuses a value that is empty, or another one beside it: %s', (words, said) => {
    expect(refusalOf(words)).toBe(said);
  });

  it('refuses a flag without its value', () => {
    expect(refusalOf('preflight --only')).toContain("option '--only <glob>' argument missing");
  });
});

describe('flags of every command', () => {
  const flagsOf = (words: string, env = {}) => parseWords(words.split(' '), env).flags;

  it('stand before and after the command', () => {
    expect(flagsOf('--env staging --json preflight')).toEqual(flagsOf('preflight --json --env staging'));
  });

  it('win over the environment', () => {
    expect(flagsOf('status', { RELEASE_ENV: 'staging' })).toMatchObject({
      env: 'staging',
      envIsTyped: false,
    });
    expect(flagsOf('status --env qa', { RELEASE_ENV: 'staging' })).toMatchObject({
      env: 'qa',
      envIsTyped: true,
    });
  });

  it('count and repeat', () => {
    expect(flagsOf('preflight -vv --out a.json --out b.md')).toMatchObject({
      verbose: 2,
      out: ['a.json', 'b.md'],
    });
  });

  it('take --plan, -n and --dry-run for one thing', () => {
    for (const word of ['--plan', '-n', '--dry-run']) expect(flagsOf(`preflight ${word}`).plan).toBe(true);
  });

  it('turn input off by flag and by environment', () => {
    expect(flagsOf('status --no-input').input).toBe(false);
    expect(flagsOf('status', { RELEASE_NO_INPUT: '1' }).input).toBe(false);
    expect(flagsOf('status').input).toBe(true);
  });
});
