import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../src/domain/plan.ts';
import { carriedFacts } from '../../../src/steps/slack/carried-facts.ts';

const deploy = { command: 'deploy', version: 'v2.1.0', from: 'v2.0.3', env: 'production' } as Plan;
const point = { lsn: '0/10', at: '2025-10-01T14:00:00.000Z', xid: '757' };

describe('what a message carries unseen', () => {
  it('F76: is from where to where at the start, before there is a backup', () => {
    expect(carriedFacts({ plan: deploy, facts: {} })).toEqual({
      env: 'production',
      version: 'v2.1.0',
      from: 'v2.0.3',
    });
  });

  it('F76: is the backup and the restore point once they are known', () => {
    const facts = { 'restore-point': point, backup: { id: 'br-1', name: 'pre-v2.1.0-7f3a', at: 'x' } };
    expect(carriedFacts({ plan: deploy, facts })).toMatchObject({
      backup: 'pre-v2.1.0-7f3a',
      restore_point: '0/10 2025-10-01T14:00:00.000Z 757',
    });
  });

  it('is no half of a restore point, and nothing of another command', () => {
    const facts = { 'restore-point': { lsn: '0/10' } };
    expect(carriedFacts({ plan: deploy, facts })).not.toHaveProperty('restore_point');
    expect(carriedFacts({ plan: { ...deploy, command: 'rollback' }, facts })).toEqual({});
  });

  it('leaves out what nobody knows', () => {
    expect(carriedFacts({ plan: { ...deploy, from: '' }, facts: {} })).not.toHaveProperty('from');
  });
});
