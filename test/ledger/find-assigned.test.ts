import { describe, expect, it } from 'vitest';
import { findAssigned } from '../../src/ledger/find-assigned.ts';
import type { RunState } from '../../src/ledger/fold.ts';

const entries = [{ kind: 'step', name: 'roles', step: 'people.assign-roles' }];
const ran = (command: string, version: string, who?: string, planned: readonly object[] = entries) =>
  ({
    plan: { command, version, entries: planned },
    facts: who === undefined ? {} : { roles: { assigned: { 'rollback-lead': who } } },
  }) as unknown as RunState;

describe('who had the roles of a release', () => {
  it('E-110: is what the last deploy of this version recorded, whoever had them in others', () => {
    const runs = [
      ran('deploy', 'v2.1.0', 'Lee'),
      ran('deploy', 'v2.1.0', 'Dana'),
      ran('deploy', 'v2.2.0', 'Kim'),
    ];
    expect(findAssigned(runs, 'v2.1.0')).toEqual({ 'rollback-lead': 'Dana' });
  });

  it('is not known where no deploy of it assigned them', () => {
    expect(findAssigned([ran('rollback', 'v2.1.0', 'Lee')], 'v2.1.0')).toBeUndefined();
    expect(findAssigned([ran('deploy', 'v2.1.0')], 'v2.1.0')).toBeUndefined();
    expect(findAssigned([ran('deploy', 'v2.1.0', 'Lee', [])], 'v2.1.0')).toBeUndefined();
  });
});
