import { describe, expect, it } from 'vitest';
import { runOwners } from '../../../src/cli/look-back/run-owners.ts';
import { makeRunbook } from '../../support/policy.ts';
import { makeCliWorld } from '../cli-world.ts';

const runbook = makeRunbook({
  roles: { dba: { title: 'DBA' }, lead: { title: 'DevOps Lead' }, cto: { title: 'CTO' } },
  people: {
    jo: { name: 'Jo', roles: ['dba'], hours: [{ days: ['Mon'], from: '09:00', to: '09:01' }] },
    sam: { name: 'Sam', roles: ['lead'], phone: '+1 555 0100' },
  },
  owners: {
    database: {
      owner: 'dba',
      backup: 'cto',
      responsibilities: ['Look after backups'],
      escalation: ['dba', 'lead', 'Replit Support'],
      onCall: 'weekdays 9 to 21',
    },
  },
  document: {
    version: '2.0',
    updated: '2025-10-01',
    nextReview: '2026-01-01',
    owner: 'lead',
    feedback: '#process',
  },
});

const look = (verbose = 0) => {
  const { context, wired } = makeCliWorld({ command: 'status', runbook, flags: { verbose } });
  return runOwners(context, wired);
};

describe('release status --owners', () => {
  it('says who answers for an area, in whose hours, and who is called next', () => {
    expect(look().text.split('\n')).toEqual([
      '  database     owner  DBA: Jo (away by the calendar)',
      '               backup CTO: NOBODY is named',
      '               call   Jo (DBA) (away by the calendar) → Sam (DevOps Lead) →',
      '               Replit Support',
      '               there  weekdays 9 to 21',
      '',
      '  runbook      2.0 of 2025-10-01, lead · next review 2026-01-01 · improvements',
      '               to #process',
    ]);
  });

  it('tells what the owner answers for when asked for more', () => {
    expect(look().text).not.toContain('Look after backups');
    expect(look(1).text).toContain('· Look after backups');
  });

  it('DOC-01: has document, owner and stakeholders for programs', () => {
    expect(look().result.document).toMatchObject({
      version: '2.0',
      updated: '2025-10-01',
      owner: 'lead',
      stakeholders: [],
    });
  });

  it('DOC-05: names the place for improvements', () => {
    expect(look().text.replace(/\s+/g, ' ')).toContain('improvements to #process');
  });

  it('never shows a phone number: it is no page of contacts', () => {
    expect(`${look(2).text}${JSON.stringify(look().result)}`).not.toContain('555');
  });
});
