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
  it.each([
    [1, ['product-owner', 'engineering-lead', 'devops-lead'], ['GO', 'NO-GO'], 'T_start', -15],
    [2, ['deployment-lead', 'devops-lead'], ['CONTINUE', 'ROLLBACK'], 'T_live', 5],
    [3, ['deployment-lead', 'engineering-lead'], ['SUCCESS', 'ROLLBACK'], 'T_open', 30],
    [4, ['product-owner', 'engineering-lead'], ['RELEASE COMPLETE', 'INVESTIGATE'], 'T_open', 120],
  ] as const)(
    'DP-%ia, DP-%ic: %j decide %j at %s and %i minutes',
    (point, roles, outcomes, anchor, afterMinutes) => {
      expect(decisions?.[point]).toMatchObject({ roles, outcomes, anchor, afterMinutes, required: true });
    },
  );

  it('DP-2b: looks at smoke tests and health; there is no traffic yet (E-08)', () => {
    expect(decisions?.[2]?.inputs).toEqual(['smoke test results', 'health']);
  });

  it.each([
    ['DP-1b', 1, ['pre-deployment checklist', 'test results', 'environment health']],
    ['DP-3b', 3, ['error rates', 'performance', 'user feedback']],
    ['DP-4b', 4, ['all success metrics', 'customer feedback', 'number of incidents']],
  ] as const)('%s: point %i looks at %j', (_, point, inputs) => {
    expect(decisions?.[point]?.inputs).toEqual(inputs);
  });
});

describe('rollback levels', () => {
  it.each([
    ['RBC-P0', 'P0', 5, 15],
    ['RBC-P1', 'P1', 15, 30],
    ['RBC-P2', 'P2', 30, undefined],
    ['RBC-P3', 'P3', undefined, undefined],
  ] as const)('%s: two clocks, start and end (E-21)', (_, level, start, done) => {
    expect(severities?.[level]).toMatchObject({
      ...(start === undefined ? {} : { startWithinMinutes: start }),
      ...(done === undefined ? {} : { doneWithinMinutes: done }),
    });
    expect([severities?.[level].startWithinMinutes, severities?.[level].doneWithinMinutes]).toEqual([
      start,
      done,
    ]);
  });

  it.each([
    ['RBC-P0-1', 'error-percent', 'P0', { from: 5, dwellMinutes: 5 }],
    ['RBC-P0-2', 'failed-probes', 'P0', { from: 1, dwellMinutes: 2 }],
    ['RBC-P0-3', 'integrity-violations', 'P0', { from: 1, dwellMinutes: 0 }],
    ['RBC-P0-4', 'payment-success-percent', 'P0', { below: 90 }],
    ['RBC-P1-1', 'error-percent', 'P1', { from: 2, dwellMinutes: 10 }],
    ['RBC-P1-2', 'p95-ratio', 'P1', { from: 3, dwellMinutes: 10 }],
    ['RBC-P1-3', 'failed-critical-probes', 'P1', { from: 2, dwellMinutes: 0 }],
    ['RBC-P1-4', 'query-p95-ms', 'P1', { from: 500, dwellMinutes: 5 }],
    ['RBC-P1-5', 'webhook-failure-percent', 'P1', { from: 10 }],
    ['RBC-P2-1', 'error-percent', 'P2', { from: 1, dwellMinutes: 15 }],
    ['RBC-P2-2', 'p95-ratio', 'P2', { from: 2, dwellMinutes: 15 }],
    ['RBC-P2-4', 'complaints', 'P2', { from: 11 }],
  ])('%s: %s calls for %s', (row, signal, level, band) => {
    const found = rules[signal]?.bands.find((one) => one.row === row);
    expect(found).toMatchObject({ level, ...band });
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
    ['OWN-01', 'staging', 'devops-lead', 'senior-devops-engineer'],
    ['OWN-05', 'production', 'senior-devops-engineer', 'devops-lead'],
    ['OWN-09', 'database', 'dba', 'senior-backend-engineer'],
    ['OWN-12', 'monitoring', 'sre-lead', 'devops-lead'],
    ['OWN-14', 'stripe', 'senior-backend-engineer', 'backend-engineer'],
    ['OWN-15', 'replit', 'devops-lead', 'senior-devops-engineer'],
  ])('%s: %s belongs to %s, then to %s', (_, area, owner, backup) => {
    expect(owners[area]).toMatchObject({ owner, backup });
  });

  it.each([
    ['OWN-02', 'staging', 7],
    ['OWN-06', 'production', 7],
    ['OWN-09', 'database', 7],
    ['OWN-12', 'monitoring', 7],
    ['OWN-14', 'stripe', 6],
    ['OWN-15', 'replit', 5],
  ])('%s: %s comes with %i responsibilities', (_, area, count) => {
    expect(owners[area]?.responsibilities).toHaveLength(count);
  });

  it('OWN-02, OWN-06: the promised numbers are parity above 90 % and availability above 99.5 %', () => {
    expect(owners.staging?.responsibilities.join()).toContain('parity above 90 %');
    expect(owners.production?.responsibilities.join()).toContain('above 99.5 %');
  });

  it.each([
    ['OWN-03', 'staging', ['devops-lead', 'engineering-manager', 'vp-engineering']],
    ['OWN-07', 'production', ['senior-devops-engineer', 'devops-lead', 'engineering-manager', 'cto']],
    ['OWN-10', 'database', ['dba', 'senior-backend-engineer', 'engineering-manager']],
    ['OWN-13', 'monitoring', ['sre-lead', 'engineering-manager', 'vp-engineering']],
    ['OWN-14', 'stripe', ['senior-backend-engineer', 'engineering-lead', 'cto']],
    ['OWN-15', 'replit', ['devops-lead', 'engineering-manager', 'Replit Support']],
  ])('%s: %s escalates to %j', (_, area, escalation) => {
    expect(owners[area]?.escalation).toEqual(escalation);
  });

  it.each([
    ['OWN-04', 'staging', 'weekdays 9:00–18:00 ET, nobody at weekends'],
    ['OWN-08', 'production', '24/7, weekly shifts'],
    ['OWN-11', 'database', 'weekdays 9:00–21:00 ET, at weekends for P0 only'],
    ['OWN-13', 'monitoring', '24/7 for P0 alerts'],
  ])('%s: on call for %s: %s', (_, area, onCall) => {
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
