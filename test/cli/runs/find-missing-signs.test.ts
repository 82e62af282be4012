import { describe, expect, it } from 'vitest';
import { findMissingSigns } from '../../../src/cli/runs/find-missing-signs.ts';
import type { PlannedSignOff } from '../../../src/domain/plan.ts';
import { planOf } from '../../support/run-events.ts';
import { makeCliWorld } from '../cli-world.ts';

const entry: PlannedSignOff = {
  kind: 'sign-off',
  name: 'decision-2',
  title: 'Continue?',
  stop: 'safe',
  point: 2,
  roles: ['deployment-lead', 'devops-lead'],
  required: true,
};
type Word = readonly [role: string, decision: 'go' | 'no-go', version?: string, point?: number];

async function missing(...words: readonly Word[]) {
  const { ledger, wired } = makeCliWorld();
  for (const [i, [role, decision, version = 'v2.1.0', point = 2]] of words.entries())
    await ledger.note(wired.scope, {
      id: `sign-${i}`,
      run: 'r-1',
      type: 'approval.recorded',
      data: { point, role, person: 'Ben', method: 'typed', decision, version },
    });
  return findMissingSigns(entry, planOf(2), await ledger.read(wired.scope));
}

describe('the sign-offs that a decision point still waits for', () => {
  it('DP-2a: are all roles at first, and none when each has said GO', async () => {
    expect(await missing()).toEqual(['deployment-lead', 'devops-lead']);
    expect(await missing(['devops-lead', 'go'])).toEqual(['deployment-lead']);
    expect(await missing(['devops-lead', 'go'], ['deployment-lead', 'go'])).toEqual([]);
  });

  it('go by the last word of a role', async () => {
    const first: Word = ['deployment-lead', 'go'];
    expect(await missing(first, ['devops-lead', 'go'], ['devops-lead', 'no-go'])).toEqual(['devops-lead']);
    expect(await missing(first, ['devops-lead', 'no-go'], ['devops-lead', 'go'])).toEqual([]);
  });

  it('take no word about another version, another point or by another role', async () => {
    const others: Word[] = [
      ['deployment-lead', 'go', 'v2.0.3'],
      ['devops-lead', 'go', 'v2.1.0', 1],
      ['qa-lead', 'go'],
    ];
    expect(await missing(...others)).toEqual(['deployment-lead', 'devops-lead']);
  });
});
