import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import rolesStaffed from '../../checks/people/roles-staffed.check.ts';
import { loadRunbook } from '../../src/config/load.ts';
import { listSecrets } from '../../src/config/missing-secrets.ts';
import { TEMPLATE_NAMES } from '../../src/domain/template-names.ts';
import { makePolicy } from '../support/policy.ts';

const { runbook, warnings } = loadRunbook({ cwd: process.cwd() });
const { decisions, owners, severities, document, monitoring, rules, services } = runbook;
const { production, staging } = runbook.environments;

describe('the runbook of RuR2', () => {
  it('has no problem and no warning', () => {
    expect(warnings).toEqual([]);
  });

  it('names every secret in .env.runbook.example, and nothing else stands there', () => {
    const example = parseEnv(readFileSync('.env.runbook.example', 'utf8'));
    expect(Object.keys(example).sort()).toEqual(listSecrets(runbook).map((use) => use.name));
    expect(Object.values(example).filter(Boolean)).toEqual([]);
  });

  it('holds no real person: addresses, phones and ids are examples', () => {
    for (const person of Object.values(runbook.people)) {
      expect(person.name).toMatch(/ Example$/);
      expect(person.email).toMatch(/@example\.com$/);
      expect(person.slack).toMatch(/^U0EXAMPLE/);
      expect(person.phone ?? '+1 555 0100').toMatch(/^\+1 555 01/);
    }
  });

  it('has somebody for every role', () => {
    const taken = Object.values(runbook.people).flatMap((person) => person.roles);
    expect(Object.keys(runbook.roles).filter((role) => !taken.includes(role))).toEqual([]);
  });
});

describe('environments', () => {
  it('are the two at Replit; production alone is protected', () => {
    expect(production).toMatchObject({ url: 'https://rur2-production.replit.app', protected: true });
    expect(staging).toMatchObject({ url: 'https://rur2-staging.replit.app', protected: false });
  });

  it('are published by a person, because Replit has no public way, and proven by three answers', () => {
    for (const environment of [production, staging])
      expect(environment?.host).toMatchObject({
        strategy: 'manual',
        proof: { path: '/health', times: 3, everySeconds: 5, deadlineSeconds: 600 },
      });
  });

  it('DRF-02: production needs the four keys, by name', () => {
    expect(production?.requiredKeys).toEqual([
      'DATABASE_URL',
      'STRIPE_SECRET_KEY',
      'JWT_SECRET',
      'NEON_API_KEY',
    ]);
  });

  it('PRE-18: production takes live money, staging test money', () => {
    expect([production?.stripe?.mode, staging?.stripe?.mode]).toEqual(['live', 'test']);
  });

  it('DAY-17, DAY-35: maintenance goes on and off, and smoke tests have a way through it (E-77)', () => {
    expect(production?.maintenance).toMatchObject({
      on: { method: 'POST', json: { enabled: true } },
      off: { method: 'POST', json: { enabled: false } },
      bypass: { value: '$MAINTENANCE_BYPASS' },
    });
  });

  it('RBX-2.2, RBX-6.2: background jobs can be paused and resumed', () => {
    expect(Object.keys(production?.jobs ?? {})).toEqual(['pause', 'resume']);
  });

  it('MIG-03, MIG-10: every migration has a rollback script beside it', () => {
    expect(runbook.migrations).toMatchObject({ folder: 'migrations', rollbackSuffix: '_rollback.sql' });
  });
});

describe('people', () => {
  it.each(['2026-11-24T15:00Z', '2026-11-25T03:00Z', '2026-11-28T20:00Z', '2026-12-24T15:00Z'])(
    'PRE-31, E-10, E-113: at %s every role of a rollback has somebody and every decision can be signed',
    (at) => {
      const policy = makePolicy({ runbook });
      expect(rolesStaffed.judge({ at: new Date(at) }, policy).said).toMatch(/^rollback staffed until/);
    },
  );
});

describe('decision points', () => {
  type Point = '1' | '2' | '3' | '4';
  const decided = (point: Point) => {
    const { roles, outcomes, anchor, afterMinutes, required } = decisions?.[point] ?? {};
    return { roles, outcomes, at: [anchor, afterMinutes], required };
  };

  it('DP-1a, DP-1c: three roles decide GO or NO-GO, fifteen minutes before the start', () => {
    expect(decided('1')).toEqual({
      roles: ['product-owner', 'engineering-lead', 'devops-lead'],
      outcomes: ['GO', 'NO-GO'],
      at: ['T_start', -15],
      required: true,
    });
  });

  it('DP-2a, DP-2c: two decide CONTINUE or ROLLBACK, five minutes after it is live', () => {
    expect(decided('2')).toEqual({
      roles: ['deployment-lead', 'devops-lead'],
      outcomes: ['CONTINUE', 'ROLLBACK'],
      at: ['T_live', 5],
      required: true,
    });
  });

  it('DP-3a, DP-3c: two decide SUCCESS or ROLLBACK, thirty minutes after users are in (E-06)', () => {
    expect(decided('3')).toEqual({
      roles: ['deployment-lead', 'engineering-lead'],
      outcomes: ['SUCCESS', 'ROLLBACK'],
      at: ['T_open', 30],
      required: true,
    });
  });

  it('DP-4a, DP-4c: two decide RELEASE COMPLETE or INVESTIGATE, after two hours (E-07)', () => {
    expect(decided('4')).toEqual({
      roles: ['product-owner', 'engineering-lead'],
      outcomes: ['RELEASE COMPLETE', 'INVESTIGATE'],
      at: ['T_open', 120],
      required: true,
    });
  });

  it('DP-2b: looks at smoke tests and health; there is no traffic yet (E-08)', () => {
    expect(decisions?.[2]?.inputs).toEqual(['smoke test results', 'health']);
  });

  it('DP-1b: looks at the checklist, test results and the health of the environment', () => {
    expect(decisions?.[1]?.inputs).toEqual([
      'pre-deployment checklist',
      'test results',
      'environment health',
    ]);
  });

  it('DP-3b: looks at error rates, performance and what users say', () => {
    expect(decisions?.[3]?.inputs).toEqual(['error rates', 'performance', 'user feedback']);
  });

  it('DP-4b: looks at all metrics, what customers say and the number of incidents', () => {
    expect(decisions?.[4]?.inputs).toEqual([
      'all success metrics',
      'customer feedback',
      'number of incidents',
    ]);
  });
});

describe('rollback levels', () => {
  const clocks = (level: 'P0' | 'P1' | 'P2' | 'P3') => [
    severities?.[level].startWithinMinutes,
    severities?.[level].doneWithinMinutes,
  ];

  it('RBC-P0, E-21: begins within 5 minutes and ends within 15', () => {
    expect(clocks('P0')).toEqual([5, 15]);
  });

  it('RBC-P1, E-21: begins within 15 minutes and ends within 30', () => {
    expect(clocks('P1')).toEqual([15, 30]);
  });

  it('RBC-P2, E-21: is evaluated within 30 minutes and has no end', () => {
    expect(clocks('P2')).toEqual([30, undefined]);
  });

  it('RBC-P3, E-21: is watched, and no clock runs', () => {
    expect(clocks('P3')).toEqual([undefined, undefined]);
  });

  it.each([
    ['error-percent', ['RBC-P3-1', 'RBC-P2-1', 'RBC-P1-1', 'RBC-P0-1']],
    ['failed-probes', ['RBC-P0-2']],
    ['integrity-violations', ['RBC-P0-3']],
    ['payment-success-percent', ['RBC-P0-4']],
    ['p95-ratio', ['RBC-P3-2', 'RBC-P2-2', 'RBC-P1-2']],
    ['failed-critical-probes', ['RBC-P1-3']],
    ['query-p95-ms', ['RBC-P1-4']],
    ['webhook-failure-percent', ['RBC-P1-5']],
    ['complaints', ['RBC-P3-3', 'RBC-P2-4']],
  ])('bands of %s carry the rows that they answer: %j', (signal, rows) => {
    const found = rules[signal]?.bands.map((one) => one.row).filter((row) => row?.startsWith('RBC-'));
    expect(found).toEqual(rows);
  });

  it('SUC-01, SUC-07: half a percent of errors for five minutes holds the release', () => {
    expect(rules['error-percent']?.bands[1]).toMatchObject({
      level: 'hold',
      from: 0.5,
      dwellMinutes: 5,
    });
  });

  it('RBC-P0-4: payments decide nothing before 20 of them', () => {
    expect(rules['payment-success-percent']?.minSamples).toBe(20);
  });

  it('HOO-24: DevOps Lead or Engineering Manager may order one', () => {
    expect(severities?.P1.who).toBe('DevOps Lead or Engineering Manager');
  });
});

describe('owners', () => {
  it.each([
    { row: 'OWN-01', area: 'staging', owner: 'devops-lead', backup: 'senior-devops-engineer' },
    { row: 'OWN-05', area: 'production', owner: 'senior-devops-engineer', backup: 'devops-lead' },
    { row: 'OWN-09', area: 'database', owner: 'dba', backup: 'senior-backend-engineer' },
    { row: 'OWN-12', area: 'monitoring', owner: 'sre-lead', backup: 'devops-lead' },
    { row: 'OWN-14', area: 'stripe', owner: 'senior-backend-engineer', backup: 'backend-engineer' },
    { row: 'OWN-15', area: 'replit', owner: 'devops-lead', backup: 'senior-devops-engineer' },
  ])('$row: $area belongs to $owner, then to $backup', ({ area, owner, backup }) => {
    expect(owners[area]).toMatchObject({ owner, backup });
  });

  it.each([
    { row: 'OWN-02', area: 'staging', count: 7 },
    { row: 'OWN-06', area: 'production', count: 7 },
    { row: 'OWN-09', area: 'database', count: 7 },
    { row: 'OWN-12', area: 'monitoring', count: 7 },
    { row: 'OWN-14', area: 'stripe', count: 6 },
    { row: 'OWN-15', area: 'replit', count: 5 },
  ])('$row: $area comes with $count responsibilities', ({ area, count }) => {
    expect(owners[area]?.responsibilities).toHaveLength(count);
  });

  it('OWN-02, OWN-06: the promised numbers are parity above 90 % and availability above 99.5 %', () => {
    expect(owners.staging?.responsibilities.join()).toContain('parity above 90 %');
    expect(owners.production?.responsibilities.join()).toContain('above 99.5 %');
  });

  it.each([
    { row: 'OWN-03', area: 'staging', escalation: ['devops-lead', 'engineering-manager', 'vp-engineering'] },
    {
      row: 'OWN-07',
      area: 'production',
      escalation: ['senior-devops-engineer', 'devops-lead', 'engineering-manager', 'cto'],
    },
    {
      row: 'OWN-10',
      area: 'database',
      escalation: ['dba', 'senior-backend-engineer', 'engineering-manager'],
    },
    { row: 'OWN-13', area: 'monitoring', escalation: ['sre-lead', 'engineering-manager', 'vp-engineering'] },
    { row: 'OWN-14', area: 'stripe', escalation: ['senior-backend-engineer', 'engineering-lead', 'cto'] },
    { row: 'OWN-15', area: 'replit', escalation: ['devops-lead', 'engineering-manager', 'Replit Support'] },
  ])('$row: $area escalates to $escalation', ({ area, escalation }) => {
    expect(owners[area]?.escalation).toEqual(escalation);
  });

  it.each([
    { row: 'OWN-04', area: 'staging', onCall: 'weekdays 9:00–18:00 ET, nobody at weekends' },
    { row: 'OWN-08', area: 'production', onCall: '24/7, weekly shifts' },
    { row: 'OWN-11', area: 'database', onCall: 'weekdays 9:00–21:00 ET, at weekends for P0 only' },
    { row: 'OWN-13', area: 'monitoring', onCall: '24/7 for P0 alerts' },
  ])('$row: on call for $area: $onCall', ({ area, onCall }) => {
    expect(owners[area]?.onCall).toBe(onCall);
  });
});

describe('the document', () => {
  it.each([
    [
      'DOC-01: was changed on 2025-10-01 and belongs to the DevOps Lead',
      { updated: '2025-10-01', owner: 'devops-lead', stakeholders: ['Engineering', 'QA', 'Product', 'SRE'] },
    ],
    [
      'DOC-03: is reviewed every quarter and after each major release',
      { review: 'every quarter, and after each major release' },
    ],
    ['DOC-04: was to be reviewed on 2026-01-01', { nextReview: '2026-01-01' }],
    ['DOC-05: takes feedback in #engineering-process', { feedback: '#engineering-process' }],
  ])('%s', (_, wanted) => {
    expect(document).toMatchObject(wanted);
  });

  it('DOC-02: has a change log with versions 2.0 and 1.0', () => {
    expect(document?.changes.map(({ date, version, author }) => [date, version, author])).toEqual([
      ['2025-10-01', '2.0', 'DevOps Lead'],
      ['2025-09-15', '1.0', 'DevOps Lead'],
    ]);
  });
});

describe('messages', () => {
  const MAILS = ['release-complete-email', 'customer-rollback'];

  it('have a channel each, unless they are mails', () => {
    const routed = Object.keys(services.slack?.routes ?? {});
    expect([...routed, ...MAILS].sort()).toEqual([...TEMPLATE_NAMES].sort());
  });

  it.each([
    ['COM-01a', 'release-start', ['releases', 'engineering']],
    ['COM-03a', 'release-complete', ['releases', 'engineering']],
    ['COM-05a', 'rollback-start', ['incidents', 'engineering', 'releases']],
    ['COM-09a', 'incident', ['incidents']],
    ['DRF-05', 'drift-alert', ['devops']],
  ])('%s: %s goes to %j', (_, template, channels) => {
    expect(services.slack?.routes[template]).toEqual(channels);
  });

  it.each([
    ['COM-01g, COM-02a', monitoring.progressEveryMinutes, 15],
    ['COM-05g', monitoring.rollbackProgressEveryMinutes, 5],
    ['COM-09f', monitoring.incidentEveryMinutes, 10],
  ])('%s: updates come every %i minutes', (_, found, wanted) => {
    expect(found).toBe(wanted);
  });

  it('COM-08: customers are told to write to support@rur2.com', () => {
    expect(runbook.links.support).toBe('support@rur2.com');
  });
});
