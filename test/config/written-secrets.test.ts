import { describe, expect, it } from 'vitest';
import { checkText } from '../../src/config/load.ts';
import { listProblems, printProblems } from '../../src/config/problem.ts';

const START = `service: shop
product: Shop
timezone: UTC
environments:
  production:
    url: https://shop.example.com
`;

const check = (text: string) => checkText('runbook.config.yaml', text).problems;

describe('a secret that is written into the configuration', () => {
  it.each([
    ['a Stripe key', 'stripe: { mode: live, secretKey: sk_live_51Habcdefghijk }'],
    ['a webhook secret', 'x-note: whsec_abcdefghijklmnop'],
    ['a Neon key', 'x-note: napi_abcdefghijklmnop'],
    ['a Slack token', 'x-note: xoxb-1234567890-abcdef'],
    ['a Slack webhook', 'x-note: https://hooks.slack.com/services/T0/B0/abcdefgh'],
    ['a GitHub token', 'x-note: ghp_abcdefghijklmnopqrst'],
    ['a password in an address', 'database: { url: "postgres://app:hunter2hunter2@db.example.com/shop" }'],
  ])('%s is refused without being repeated', (what, line) => {
    const problems = check(`${START}    ${line}\n`);
    expect(problems).toHaveLength(1);
    const shown = printProblems(problems);
    expect(shown).toContain(`error  ${what} is written here. Name it as $UPPER_CASE`);
    expect(shown).toContain('(not shown: this line may hold a secret)');
    expect(shown).not.toMatch(/51Habc|abcdefgh|hunter2/);
  });

  it('is not repeated when it has no known shape either', () => {
    const shown = printProblems(check(`${START}    database: { url: hunter2hunter2, zzz: 1 }\n`));
    expect(shown).toContain('environments.production.database.url must name a secret as $UPPER_CASE');
    expect(shown).toContain('unknown key "zzz"');
    expect(shown).not.toContain('hunter2');
  });

  it('is not repeated below a key that nobody knows but that sounds like one', () => {
    const shown = printProblems(check(`${START}    databasePassword: hunter2hunter2\n`));
    expect(shown).toContain('unknown key "databasePassword"');
    expect(shown).not.toContain('hunter2');
  });

  it('is found in a comment too: a file in git is read by many', () => {
    const lines = listProblems(check(`${START}# old key: rk_live_abcdefghij\n`));
    expect(lines).toContain('runbook.config.yaml:7:12: error: a Stripe key is written here');
  });

  it('is no longer one when it is named', () => {
    expect(check(`${START}    database: { url: $DATABASE_URL }\n`)).toEqual([]);
  });
});
