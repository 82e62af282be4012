import { describe, expect, it } from 'vitest';
import { checkText } from '../../src/config/load.ts';
import { ConfigError, listProblems, printProblems } from '../../src/config/problem.ts';

const START = `service: shop
product: Shop
timezone: America/New_York
environments:
  production:
    url: https://shop.example.com
`;

const check = (text: string) => checkText('runbook.config.yaml', text).problems;
const told = (text: string): string[] => listProblems(check(text)).split('\n');

describe('problems of the configuration', () => {
  it('shows an unknown key at the key, with its line, a caret and the likely word', () => {
    expect(printProblems(check(`${START}    databse: { url: $DATABASE_URL }\n`))).toBe(
      [
        'runbook.config.yaml:7:5  error  unknown key "databse" under environments.production. Did you mean "database"?',
        '    7 |     databse: { url: $DATABASE_URL }',
        '      |     ^^^^^^^',
      ].join('\n'),
    );
  });

  it('shows a wrong value at the value, with what would be right', () => {
    expect(told(`${START}thresholds:\n  parity: { go: ninety }\n`)).toEqual([
      'runbook.config.yaml:8:17: error: thresholds.parity.go must be a number from 0 to 100, got "ninety"',
    ]);
  });

  it('says which key of a map is wrong where a text would do as well', () => {
    const files = 'source: { versionFiles: [{ file: a.txt, match: "v{version}" }] }';
    const lines = told(`${START}${files}\n`).join(' ');
    expect(lines).toContain('unknown key "file" under source.versionFiles[0]');
    expect(lines).toContain('"path" is missing under source.versionFiles[0]');
  });

  it('shows a missing key at its parent', () => {
    expect(told(`${START}    database: { reserved: 3 }\n`)).toEqual([
      'runbook.config.yaml:7:5: error: "url" is missing under environments.production.database',
    ]);
  });

  it('tells all problems in one go, in the order of the file', () => {
    const lines = told('timezone: Mars/Olympus\nservice: Shop Inc\nzzz: 1\nenvironments: {}\n');
    expect(lines).toEqual([
      'runbook.config.yaml:1:1: error: "product" is missing',
      'runbook.config.yaml:1:11: error: timezone must be an IANA zone like America/New_York, got "Mars/Olympus"',
      'runbook.config.yaml:2:10: error: service must be lower case letters, digits and dashes, got "Shop Inc"',
      'runbook.config.yaml:3:1: error: unknown key "zzz".',
      'runbook.config.yaml:4:15: error: environments needs at least one environment, got a map of keys and values',
    ]);
  });

  it.each([
    [
      'host: { strategy: pusch }',
      'must be one of "push", "command", "github-workflow", "manual", got "pusch". Did you mean "push"?',
    ],
    ['host: {}', '"strategy" is missing under environments.production.host'],
    ['health:', 'environments.production.health must be a map of keys and values, got nothing'],
    ['protected: maybe', 'environments.production.protected must be true or false, got "maybe"'],
    ['requiredKeys: JWT_SECRET', 'environments.production.requiredKeys must be a list, got "JWT_SECRET"'],
    [
      'host: { strategy: push, proof: { times: 1.5 } }',
      'proof.times must be a whole number, 1 or more, got 1.5',
    ],
    ['jobs: { pause: { command: 5 }, resume: { path: /x } }', 'jobs.pause.command must be text, got 5'],
    [
      'jobs: { pause: { pth: /x }, resume: { path: /x } }',
      'unknown key "pth" under environments.production.jobs.pause. Did you mean "path"?',
    ],
  ])('says of `%s` what would be right', (line, said) => {
    expect(told(`${START}    ${line}\n`).join('\n')).toContain(said);
  });

  it('names a key that stands twice, and a name that cannot be one', () => {
    expect(told(`${START}service: other\n`)).toEqual([
      'runbook.config.yaml:7:1: error: the key "service" stands here for the second time',
    ]);
    expect(told(`${START}  Pre_Prod: { url: https://p.example.com }\n`)).toEqual([
      'runbook.config.yaml:7:3: error: the name "Pre_Prod" must be lower case letters, digits and dashes',
    ]);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s', (key) => {
    expect(told(`${START}    health: { ${key}: { path: /x } }\n`)).toEqual([
      `runbook.config.yaml:7:15: error: "${key}" may not be a key`,
    ]);
    expect(({} as { path?: string }).path).toBeUndefined();
  });

  it('refuses aliases that multiply (T18)', () => {
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 9; i += 1)
      bomb.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    expect(told(`${bomb.join('\n')}\n`)).toEqual([
      'runbook.config.yaml:1:1: error: the aliases of this file stand for too many values',
    ]);
  });

  it.each([
    ['x-a: &a x\nx-b:\n  <<: *a', '3:3', '"<<" merges maps only: give it an alias (*name) of a map'],
    ['x-a: &a [x]\nx-b:\n  <<: *a', '3:3', '"<<" merges maps only: give it an alias (*name) of a map'],
    ['x-b:\n  <<:', '2:3', '"<<" merges maps only: give it an alias (*name) of a map'],
    ['x-b:\n  <<: \0*a\n', '2:3', '"<<" merges maps only: give it an alias (*name) of a map'],
    ['x-a: &a [*a]', '1:10', '*a stands inside what it names, which has no end'],
    ['x-a: &a\n  b: &b { c: *a }', '2:14', '*a stands inside what it names, which has no end'],
    ['x-a: &a\n  <<: *a', '2:7', '*a stands inside what it names, which has no end'],
    ['x-a: 1\n---\nx-b: 2', '2:1', 'a second document begins here, and a configuration is one'],
  ])('refuses an alias that cannot be expanded: %j', (text, place, said) => {
    expect(told(`${text}\n`)).toEqual([`runbook.config.yaml:${place}: error: ${said}`]);
  });

  it('takes a list of maps to merge', () => {
    const merged = 'x-a: &a { path: /a }\nx-b:\n  <<: [*a, { api: /b }]\n';
    expect(check(`${merged}${START}`)).toEqual([]);
  });

  it('cuts a long line around the place, and keeps the caret below its word', () => {
    const json = JSON.stringify({ filler: 'f'.repeat(300), service: 5 });
    const shown = printProblems(check(json)).split('\n');
    const at = shown.findIndex((line) => line.includes('service must be text'));
    const caret = shown[at + 2]?.indexOf('^') ?? -1;
    expect(shown[at + 1]?.length).toBeLessThan(140);
    expect(shown[at + 1]?.[caret]).toBe('5');
  });

  it('shows no control character of the file', () => {
    const shown = printProblems(check(`${START}zzz: 1 # \u001b[31mred\u0007\u202e\n`));
    expect(shown).toContain('zzz: 1 # �[31mred��');
  });

  it('is one error with every problem in it, which names the first place', () => {
    const error = new ConfigError(check('service: 5\nzzz: 1\n'));
    expect(error.code).toBe('E_CONFIG_INVALID');
    expect(error.text.what).toContain('unknown key "zzz"');
    expect(error.text.at).toEqual({ file: 'runbook.config.yaml', line: 1, col: 1 });
    expect(error.problems.length).toBeGreaterThan(3);
  });
});
