import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import rolesStaffed from '../../checks/people/roles-staffed.check.ts';
import { listSecrets } from '../../src/config/missing-secrets.ts';
import { isCard, OPTIONAL_MESSAGES, TEMPLATE_NAMES } from '../../src/domain/template-names.ts';
import { OWN } from '../support/own-runbook.ts';
import { makePolicy } from '../support/policy.ts';

const { runbook, warnings } = OWN;
const { document, monitoring, services } = runbook;
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
  const MAILS = ['release-complete-email', 'customer-rollback', 'incident-report'];

  it('have a channel each, unless they are mails or go nowhere without one', () => {
    const routed = Object.keys(services.slack?.routes ?? {});
    const placed = TEMPLATE_NAMES.filter((name) => !isCard(name));
    expect([...routed, ...MAILS, ...OPTIONAL_MESSAGES].sort()).toEqual([...placed].sort());
  });

  it.each([
    { row: 'COM-01a', template: 'release-start', channels: ['releases', 'engineering'] },
    { row: 'COM-03a', template: 'release-complete', channels: ['releases', 'engineering'] },
    { row: 'COM-05a', template: 'rollback-start', channels: ['incidents', 'engineering', 'releases'] },
    { row: 'COM-09a', template: 'incident', channels: ['incidents'] },
    { row: 'DRF-05', template: 'drift-alert', channels: ['devops'] },
  ])('$row: $template goes to $channels', ({ template, channels }) => {
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
