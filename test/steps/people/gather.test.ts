import { describe, expect, it } from 'vitest';
import type { StepContext } from '../../../src/kit.ts';
import { planDeploy } from '../../../src/plans/plan-deploy.ts';
import { assignRoles } from '../../../src/steps/people/assign-roles.ts';
import { standUp } from '../../../src/steps/people/stand-up.ts';
import { makeRunbook } from '../../support/policy.ts';

const ROLES = ['deployment-lead', 'monitor', 'communications', 'rollback-lead'];
const roles = Object.fromEntries(ROLES.map((role) => [role, { title: role.replace('-', ' ') }]));
const person = (name: string, ...held: string[]) => ({ name, roles: held });
const office = [{ days: ['Wed'], from: '09:00', to: '17:00' }];

/** The step on a Wednesday, `at` in UTC; the people are in New York. */
async function assign(people: Record<string, unknown>, at = '2025-10-01T14:00:00Z') {
  const told: string[] = [];
  const context = {
    runbook: makeRunbook({ roles, people }),
    clock: { now: () => new Date(at) },
    tell: (said: string) => told.push(said),
  } as unknown as StepContext;
  return { done: await assignRoles.run({}, { roles: ROLES }, context), told };
}

describe('the roles of the day', () => {
  it('DAY-04, E-113: go to a different person each, where that can be', async () => {
    const people = {
      a: person('Ana', 'deployment-lead', 'monitor'),
      b: person('Ben', 'deployment-lead'),
      c: person('Cem', 'communications', 'rollback-lead'),
      d: person('Dee', 'rollback-lead'),
    };
    const { done, told } = await assign(people);
    expect(done).toEqual({
      assigned: { 'deployment-lead': 'Ben', monitor: 'Ana', communications: 'Cem', 'rollback-lead': 'Dee' },
      missing: [],
    });
    expect(told).toEqual(['deployment lead: Ben · monitor: Ana · communications: Cem · rollback lead: Dee']);
  });

  it('DAY-04: go to one person twice in a small team, and a role that nobody may take is named', async () => {
    const { done, told } = await assign({ a: person('Ana', 'deployment-lead', 'monitor', 'communications') });
    expect(done.assigned).toEqual({ 'deployment-lead': 'Ana', monitor: 'Ana', communications: 'Ana' });
    expect(done.missing).toEqual(['rollback-lead']);
    expect(told[0]).toContain('rollback lead: nobody');
  });

  it('go to nobody who cannot be reached now', async () => {
    const people = { a: { ...person('Ana', 'monitor'), hours: office } };
    expect((await assign(people)).done.assigned).toEqual({ monitor: 'Ana' });
    expect((await assign(people, '2025-10-02T03:00:00Z')).done.missing).toContain('monitor');
  });
});

describe('the plan of a deploy', () => {
  const facts = {
    version: 'v2.1.0',
    from: 'v2.0.3',
    main: 'a'.repeat(40),
    branch: 'b'.repeat(40),
    branchName: 'release/v2.1.0',
    pending: [],
    at: '2026-11-24T15:00:00.000Z',
    configDigest: 'digest',
    notes: {},
    run: 'r-20261124-1500-7f3a',
  } as const;
  const begins = (over: Record<string, unknown>) =>
    planDeploy(facts, makeRunbook(over), 'production')
      .entries.slice(0, 2)
      .map(({ name, title }) => ({ name, title }));

  it('DAY-01, DAY-02, DAY-04: begins with the stand-up and the roles, before anybody is told', () => {
    const points = ['Everybody is here', 'The release checklist has been gone through'];
    expect(begins({ roles, standUp: points })).toEqual([
      { name: 'stand-up', title: 'Stand-up: 2 points agreed to with the plan' },
      { name: 'roles', title: 'Assign the roles of the day' },
    ]);
  });

  it('has neither where neither is configured', () => {
    expect(begins({ roles: {}, standUp: [] }).map(({ name }) => name)).not.toContain('roles');
  });

  it('DAY-01: keeps the points with the run', async () => {
    const points = ['Everybody is here'];
    expect(await standUp.run({}, { points }, {} as StepContext)).toEqual({ points });
  });
});
