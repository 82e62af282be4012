import { describe, expect, it } from 'vitest';
import { sayChanged, TEXT } from './say-changed.ts';

describe('names that point at nothing', () => {
  it.each([
    [
      'defaultEnv: production',
      'defaultEnv: prodction',
      'there is no environment "prodction". Did you mean "production"?',
    ],
    ['budget: download', 'budget: downlaod', 'there is no budget "downlaod". Did you mean "download"?'],
    [
      'exceptions: []',
      'exceptions: [{ commit: abc1234, by: robin-exampel, reason: P1 }]',
      'there is no person "robin-exampel". Did you mean "robin-example"?',
    ],
    [
      'rc-ready: [releases]',
      'rc-ready: [release]',
      'there is no channel "release". Did you mean "releases"?',
    ],
    [
      'roles: [qa-lead, on-call-secondary]',
      'roles: [qa-leed, on-call]',
      'there is no role "qa-leed". Did you mean "qa-lead"?',
    ],
    [
      'roles: [deployment-lead, devops-lead]',
      'roles: [deploy-lead, devops-lead]',
      'there is no role "deploy-lead".',
    ],
    [
      'backup: backend-engineer',
      'backup: backend-enginer',
      'there is no role "backend-enginer". Did you mean "backend-engineer"?',
    ],
    ['standIn: on-call', 'standIn: on-cal', 'there is no role "on-cal". Did you mean "on-call"?'],
    [
      'rollbackRoles: [rollback-lead,',
      'rollbackRoles: [rollback-led,',
      'there is no role "rollback-led". Did you mean "rollback-lead"?',
    ],
    [
      'vp-engineering]\n    onCall: weekdays',
      'vp-enginering]\n    onCall: weekdays',
      'there is no role "vp-enginering". Did you mean "vp-engineering"?',
    ],
    [
      'owner: devops-lead\n  stake',
      'owner: devop-lead\n  stake',
      'there is no role "devop-lead". Did you mean "devops-lead"?',
    ],
  ])('%j → %j', (was, now, message) => {
    const [first, ...more] = sayChanged(was, now);
    expect(more).toEqual([]);
    expect(first?.said).toContain(`error: ${message}`);
    const wrong = /"([^"]+)"/.exec(message)?.[1] ?? '';
    expect(first?.at.startsWith(wrong)).toBe(true);
  });

  it('OWN-15: the last hop of an escalation may be somebody outside', () => {
    expect(sayChanged('Replit Support', 'Neon Support')).toEqual([]);
  });
});

describe('environments that are one', () => {
  it.each([
    ['https://rur2-staging.replit.app', 'https://rur2-production.replit.app/', 'url'],
    ['$DATABASE_URL_STAGING', '$DATABASE_URL_PROD', 'database.url'],
    ['$STRIPE_SECRET_KEY_STAGING', '$STRIPE_SECRET_KEY', 'stripe.secretKey'],
    ['branch: staging', 'branch: production', 'neon.branch'],
  ])('%s must not be %s', (was, now, part) => {
    expect(sayChanged(was, now)).toEqual([
      {
        said: `error: environments.production.${part} and environments.staging.${part} are the same`,
        at: expect.stringContaining(now.replace('branch: ', '')),
      },
    ]);
  });

  it('a protected environment must not use the test mode of Stripe', () => {
    expect(sayChanged('mode: live', 'mode: test')[0]?.said).toBe(
      "error: production is protected but uses Stripe's test mode",
    );
  });
});

describe('services that cannot work', () => {
  it.each([
    [
      '  neon:\n    apiKey: $NEON_API_KEY\n',
      '',
      'environments.production needs services.neon, which is not described',
    ],
    ['  stripe: {}\n', '', 'environments.production needs services.stripe, which is not described'],
    [
      / {2}github:[^\n]*\n {4}repository:[^\n]*\n {4}token:[^\n]*\n/.exec(TEXT)?.[0] ?? 'no github',
      '',
      'evidence.issues needs services.github, which is not described',
    ],
    [
      'botToken: $SLACK_BOT_TOKEN',
      'timeoutSeconds: 5',
      'channel "releases" has an id, which needs services.slack.botToken',
    ],
    [
      'C0EXAMPLE02',
      'C0EXAMPLE01',
      'channels "releases" and "engineering" share one id, which posts to one channel only',
    ],
  ])('%j → %j', (was, now, message) => {
    expect(sayChanged(was, now).map((one) => one.said)).toContain(`error: ${message}`);
  });

  it('two channels must not share one webhook, and webhooks are said to have no threads', () => {
    const channels = /botToken[\s\S]*?devops: [^\n]*\n/.exec(TEXT)?.[0] ?? '';
    const hooks = ['releases', 'engineering', 'incidents', 'devops'].map(
      (name) =>
        `      ${name}: { webhook: $SLACK_WEBHOOK_${name === 'devops' ? 'INCIDENTS' : name.toUpperCase()} }\n`,
    );
    const said = sayChanged(channels, `channels:\n${hooks.join('')}`).map((one) => one.said);
    expect(said).toEqual([
      expect.stringContaining('warn: Slack webhooks cannot reply in a thread.'),
      'error: channels "incidents" and "devops" share one webhook, which posts to one channel only',
    ]);
  });

  it('a person without a Slack id is a warning: mentions will not notify', () => {
    expect(sayChanged('    slack: U0EXAMPLE07\n', '')).toEqual([
      {
        said: 'warn: person "lee-example" has no slack id: mentions will not notify',
        at: expect.stringMatching(/^lee-example:/),
      },
    ]);
  });
});

describe('a ledger among branches', () => {
  const put = (refs: string) =>
    sayChanged('    protected: true', `    protected: true\n    ledger: { refs: ${refs} }`).map(
      ({ said }) => said,
    );

  it('has a name of its own', () => {
    expect(put('refs/heads/release-ledger/')).toEqual([]);
    expect(put('refs/release/')).toEqual([]);
  });

  it.each([
    ['refs/heads/release/', 'release/{version}'],
    ['refs/heads/main/', 'main'],
    ['refs/heads/release/ledger/', 'release/{version}'],
  ])('%s is where %s is', (refs, branch) => {
    expect(put(refs)).toEqual([
      `error: the ledger would lie where the branch ${branch} is; take a name that no branch begins with`,
    ]);
  });

  it.each(['refs/heads/', 'refs/tags/ledger/', 'release/', 'refs/heads/a b/', 'refs/pull/x/'])(
    '%s is no place',
    (refs) => {
      expect(put(JSON.stringify(refs)).join()).toContain('must be a place for refs of its own');
    },
  );
});

describe('a sandbox', () => {
  it('T47: may name no address that is not of this machine, nor leave one of a vendor at its default', () => {
    const said = sayChanged('service: rur2\n', 'service: rur2\nsandbox: true\n').map((one) => one.said);
    const reached = said.filter((one) => one.startsWith('error: sandbox: true, but '));
    expect(reached).toHaveLength(said.length - said.filter((one) => one.startsWith('warn')).length);
    for (const part of ['environments.production.url', 'services.neon.apiUrl', 'services.stripe.apiUrl'])
      expect(reached.join('\n')).toContain(part);
  });
});
