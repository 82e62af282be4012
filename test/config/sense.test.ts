import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkText } from '../../src/config/load.ts';

const TEXT = readFileSync('runbook.config.yaml', 'utf8');

/** What is said when one place of the runbook reads differently, and the text that the caret starts at. */
function say(was: string, now: string): { readonly said: string; readonly at: string }[] {
  if (!TEXT.includes(was)) throw new Error(`the runbook does not say: ${was}`);
  const text = TEXT.replace(was, now);
  return checkText('runbook.config.yaml', text).problems.map((one) => ({
    said: `${one.severity}: ${one.message}`,
    at: (text.split('\n')[one.line - 1] ?? '').slice(one.col - 1),
  }));
}

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
    const [first, ...more] = say(was, now);
    expect(more).toEqual([]);
    expect(first?.said).toContain(`error: ${message}`);
    const wrong = /"([^"]+)"/.exec(message)?.[1] ?? '';
    expect(first?.at.startsWith(wrong)).toBe(true);
  });

  it('OWN-15: the last hop of an escalation may be somebody outside', () => {
    expect(say('Replit Support', 'Neon Support')).toEqual([]);
  });
});

describe('environments that are one', () => {
  it.each([
    ['https://rur2-staging.replit.app', 'https://rur2-production.replit.app/', 'url'],
    ['$DATABASE_URL_STAGING', '$DATABASE_URL_PROD', 'database.url'],
    ['$STRIPE_SECRET_KEY_STAGING', '$STRIPE_SECRET_KEY', 'stripe.secretKey'],
    ['branch: staging', 'branch: production', 'neon.branch'],
  ])('%s must not be %s', (was, now, part) => {
    expect(say(was, now)).toEqual([
      {
        said: `error: environments.production.${part} and environments.staging.${part} are the same`,
        at: expect.stringContaining(now.replace('branch: ', '')),
      },
    ]);
  });

  it('a protected environment must not use the test mode of Stripe', () => {
    expect(say('mode: live', 'mode: test')[0]?.said).toBe(
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
    expect(say(was, now).map((one) => one.said)).toContain(`error: ${message}`);
  });

  it('two channels must not share one webhook, and webhooks are said to have no threads', () => {
    const channels = /botToken[\s\S]*?devops: [^\n]*\n/.exec(TEXT)?.[0] ?? '';
    const hooks = ['releases', 'engineering', 'incidents', 'devops'].map(
      (name) =>
        `      ${name}: { webhook: $SLACK_WEBHOOK_${name === 'devops' ? 'INCIDENTS' : name.toUpperCase()} }\n`,
    );
    const said = say(channels, `channels:\n${hooks.join('')}`).map((one) => one.said);
    expect(said).toEqual([
      expect.stringContaining('warn: Slack webhooks cannot reply in a thread.'),
      'error: channels "incidents" and "devops" share one webhook, which posts to one channel only',
    ]);
  });

  it('a person without a Slack id is a warning: mentions will not notify', () => {
    expect(say('    slack: U0EXAMPLE07\n', '')).toEqual([
      {
        said: 'warn: person "lee-example" has no slack id: mentions will not notify',
        at: expect.stringMatching(/^lee-example:/),
      },
    ]);
  });
});

describe('smoke calls', () => {
  it.each([
    [
      'path: /api/exports/{exportId}/download',
      'path: /api/exports/{exportID}/download',
      '{exportID} is not captured by an earlier call. Did you mean "exportId"?',
    ],
    [
      'capture: { questionId: questions.0.id }',
      'capture: { question: questions.0.id }',
      '{questionId} is not captured by an earlier call.',
    ],
    [
      'capture: { token: token }',
      'capture: { jwt: token }',
      'no earlier call captures "token", which "user" sends',
    ],
    [
      'undo: { path: "/api/exports/{exportId}",',
      'undo: { path: "/api/exports/{export}",',
      '{export} is captured neither here nor earlier. Did you mean "exportId"?',
    ],
    ['- id: download', '- id: export', 'two calls are named "export"'],
  ])('%j → %j', (was, now, message) => {
    expect(
      say(was, now)
        .map((one) => one.said)
        .join('\n'),
    ).toContain(`error: ${message}`);
  });
});

describe('checkout sessions that a killed smoke test opened', () => {
  it('are known by something of the test user alone: a constant would find those of customers', () => {
    const [one] = say('reference: "{userId}"', 'reference: "shop"');
    expect(one?.said).toContain('must hold a value that an earlier call captured of the test user');
    expect(say('reference: "{userId}"', 'reference: "{run}"')[0]?.said).toContain('must hold a value');
  });
});

describe('what a killed smoke test made', () => {
  it('E-72: can be found by the name of the run only where that name is sent', () => {
    expect(say('json: { name: "smoke:{version} {run}"', 'json: { name: "smoke:{version}"')).toEqual([
      {
        said: expect.stringContaining('nothing that "create-assessment" sends holds {run}'),
        at: '{ path: /api/assessments } }',
      },
    ]);
  });

  it('E-72: goes with what an earlier call made', () => {
    expect(say('goesWith: create-assessment', 'goesWith: create-assesment')).toEqual([
      { said: expect.stringContaining('Did you mean "create-assessment"?'), at: expect.any(String) },
    ]);
  });
});

describe('a smoke call', () => {
  it('E-74: signs no event that an application acts on', () => {
    for (const type of ['checkout.session.completed', 'invoice.paid', '"{run}"'])
      expect(say('type: release.smoke', `type: ${type}`)).toEqual([
        {
          said: expect.stringMatching(/^error: a signed event must be of a type that nobody acts on/),
          at: expect.stringContaining(type),
        },
      ]);
  });

  it('waits for an earlier call alone, by its name', () => {
    expect(say('      row: SMK-13\n', '      row: SMK-13\n      after: exprot\n')).toEqual([
      { said: 'error: no earlier call is named "exprot". Did you mean "export"?', at: 'exprot' },
    ]);
  });

  it('describes an answer in a schema that this program understands', () => {
    const schema = (text: string) => `      row: SMK-04\n      schema: ${text}\n`;
    expect(say('      row: SMK-04\n', schema('{ type: array }'))).toEqual([]);
    expect(say('      row: SMK-04\n', schema('{ $ref: "https://example.com/x.json" }'))).toEqual([
      { said: expect.stringMatching(/^error: is no schema: /), at: expect.any(String) },
    ]);
  });
});

describe('a smoke call that may change data', () => {
  it('is warned of when it does not say whether it does', () => {
    expect(say('      writes: true\n      budget: export\n', '      budget: export\n')).toEqual([
      { said: expect.stringMatching(/^warn: "export" does not say whether it changes/), at: 'POST' },
    ]);
  });

  it.each(['true', 'false'])('is not when it says %s, and a GET need not say it', (writes) => {
    const said = `writes: ${writes}\n      budget: export\n`;
    expect(say('writes: true\n      budget: export\n', said)).toEqual([]);
  });
});

describe('numbers that contradict each other, and names that are none (T27)', () => {
  it.each([
    ['parity: { go: 90, noGo: 80 }', 'parity: { go: 80, noGo: 90 }', 'noGo must not be above go'],
    [
      'tls: { warnDays: 30, failDays: 7 }',
      'tls: { warnDays: 7, failDays: 30 }',
      'failDays must not be above warnDays',
    ],
    ['to: "14:00"', 'to: "09:00"', 'the window ends before it begins'],
    [
      'lastStartBefore: 150',
      'lastStartBefore: 241',
      'no start fits: the window lasts 240 minutes and a run needs 241',
    ],
    ['postponeHours: [24, 48]', 'postponeHours: [48, 24]', 'the second number must not be below the first'],
    ['to: 2027-01-03', 'to: 2026-12-17', 'the freeze ends before it begins'],
    ['p95Ms: 100, maxMs: 200', 'p95Ms: 100, maxMs: 50', 'maxMs must not be below p95Ms'],
    ['doneWithinMinutes: 15', 'doneWithinMinutes: 4', 'a rollback cannot be done before it must start'],
    ['    percent: 5\n', '', 'within-percent needs percent'],
    ['uploaded_at >= {baseline}', 'uploaded_at >= {since}', '{since} is not known; {baseline} is'],
    ['id: users-growth', 'id: assessments', 'two queries are named "assessments"'],
    [
      'row: RBC-P1-1, from: 2',
      'row: RBC-P1-1, from: 0.8',
      'bands go from mild to bad, and this one is milder than the one before',
    ],
    ['row: RBC-P0-4, below: 90', 'row: RBC-P0-4, below: 90, from: 1', 'a band needs either from or below'],
    ['row: RBC-P0-4, below: 90', 'row: RBC-P0-4, from: 90', 'bands of one rule look the same way'],
    ['level: P1, row: E-17', 'level: P0, row: E-17', 'this band overlaps one before it'],
    ['level: P1, row: E-17', 'level: hold, row: E-17', 'bands go from mild to bad, and this level is milder'],
    ['level: hold, row: ENV-06', 'level: P3, row: ENV-06', 'there is a gap'],
    [
      'knownIssues: []',
      'knownIssues: [{ rule: p95, reason: x, by: y, until: 2026-01-01 }]',
      'there is no rule "p95"',
    ],
  ])('%j → %j', (was, now, message) => {
    expect(
      say(was, now)
        .map((one) => one.said)
        .join('\n'),
    ).toContain(`error: ${message}`);
  });

  it('an integrity query is one SELECT: nothing can be changed by it (T28)', () => {
    const asked =
      "select count(*) from users where subscription_status = 'active' and stripe_customer_id is null";
    const [first] = say(asked, 'select 1; delete from assessments');
    expect(first?.said).toMatch(/error: integrity\[4\]\.sql must be one SELECT/);
  });

  it.each([
    [
      'table: assessments',
      'table: assessments; drop table users',
      /integrity\[0\]\.table must be written like/,
    ],
    ['table: assessments', 'table: public.assessments', undefined],
    ['key: id', 'key: "id) or (1=1"', /integrity\[0\]\.key must be written like/],
    [
      "where: name not like 'smoke:%'",
      'where: "true; delete from users"',
      /integrity\[0\]\.where must be one condition/,
    ],
    [
      "where: name not like 'smoke:%'",
      'where: made_at < {basline}',
      /\{basline\} is not known; \{baseline\} is/,
    ],
    ['key: id', 'key: id\n    until: created_at', /key and until exclude each other/],
    ['key: id', 'key: id\n    deletions: delete from users', /deletions must be one SELECT/],
    [
      '{ from: evidence_files.assessment_id, to: assessments.id }',
      '{ from: evidence_files, to: assessments.id }',
      /from must be written like/,
    ],
    [
      '{ from: evidence_files.assessment_id, to: assessments.id }',
      '{ from: public.evidence_files.assessment_id, to: assessments.id }',
      undefined,
    ],
  ])('T27: a question about a table takes names alone: %s as %s', (was, now, said) => {
    const found = say(was, now).map((one) => one.said);
    if (said === undefined) expect(found).toEqual([]);
    else expect(found.join()).toMatch(said);
  });
});

describe('a ledger among branches', () => {
  const put = (refs: string) =>
    say('    protected: true', `    protected: true\n    ledger: { refs: ${refs} }`).map(({ said }) => said);

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
    const said = say('service: rur2\n', 'service: rur2\nsandbox: true\n').map((one) => one.said);
    const reached = said.filter((one) => one.startsWith('error: sandbox: true, but '));
    expect(reached).toHaveLength(said.length - said.filter((one) => one.startsWith('warn')).length);
    for (const part of ['environments.production.url', 'services.neon.apiUrl', 'services.stripe.apiUrl'])
      expect(reached.join('\n')).toContain(part);
  });
});
