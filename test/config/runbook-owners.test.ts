import { describe, expect, it } from 'vitest';
import { OWN } from '../support/own-runbook.ts';

const { owners } = OWN.runbook;

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
