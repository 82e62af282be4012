import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readEmergency } from '../../../src/cli/runs/read-emergency.ts';
import { clockAsJson, clockOf, sayBudget } from '../../../src/cli/runs/say-budget.ts';
import { loadRunbook } from '../../../src/config/load.ts';
import { foldRun, type RunState } from '../../../src/ledger/fold.ts';
import { makePaint } from '../../../src/report/color.ts';
import { sayEmergency } from '../../../src/report/emergency-text.ts';
import { incidentEvents } from '../../support/incident.ts';

const { runbook } = loadRunbook({ cwd: process.cwd(), file: 'runbook.config.yaml' });
const look = { paint: makePaint(false), ascii: false, columns: 80 };
/** Wednesday, 10:40 in New York. */
const now = new Date('2025-10-01T14:40:00.000Z');

/** The rollback of the incident, as it stood after so many of its events. */
function stateAfter(count: number): RunState {
  const events = incidentEvents().filter(({ run }) => run === 'r');
  return foldRun(events.slice(0, count), 'r') as RunState;
}
const emergencyAfter = (count: number, isPrivate = true) => {
  const state = stateAfter(count);
  return readEmergency(state.plan, state, { runbook, root: '/srv/rur2', now, isPrivate });
};

describe('what a person is told who has to finish a rollback by hand', () => {
  it('RBC-P0: what is done, failed and not done, in the words of the plan', () => {
    expect(emergencyAfter(3)).toMatchObject({
      done: ['Maintenance mode on'],
      failed: ['Take the migration 0042_due back'],
      inDoubt: [],
      open: ['Maintenance mode off'],
    });
  });

  it('E-49: how users are let in again, with the name of the secret and never its value', () => {
    expect(emergencyAfter(3).byHand.slice(1)).toEqual([
      {
        says: 'let users in again, once the application is good',
        line: `curl -gfsS -X POST -H "Authorization: Bearer $APP_TOKEN" -H 'Content-Type: application/json' -d '{"enabled":false}' 'https://rur2-production.replit.app/api/admin/maintenance'`,
      },
    ]);
    expect(emergencyAfter(5).byHand).toEqual([]);
  });

  it('nothing is done by hand by a plan that no longer holds: it knows nothing of what has come since', () => {
    const state = stateAfter(3);
    const told = { runbook, root: '/srv/rur2', now, isPrivate: true, isOutdated: true };
    const emergency = readEmergency(state.plan, state, told);
    expect(emergency.byHand).toEqual([]);
    expect(sayEmergency(emergency, look)).toMatch(/By hand\n +nothing of this plan: it no longer holds/);
  });

  it('a command stands there as the program itself would run it: its folder, and which environment is meant', () => {
    const state = stateAfter(3);
    const { maintenance, ...production } = runbook.environments.production ?? {};
    const off = { command: './ops/door.sh open' };
    const environments = {
      ...runbook.environments,
      production: { ...production, maintenance: { ...maintenance, off } },
    } as typeof runbook.environments;
    const told = { runbook: { ...runbook, environments }, root: "/srv/o'brien", now, isPrivate: false };
    expect(readEmergency(state.plan, state, told).byHand.at(-1)?.line).toBe(
      "cd '/srv/o'\\''brien' && export RELEASE_ENV='production' && ./ops/door.sh open",
    );
  });

  it('OWN-15: whom to call, in order; a telephone number is shown to a person at a terminal alone', () => {
    const names = emergencyAfter(3).call.map(({ name, title }) => `${name}, ${title}`);
    expect(names.slice(0, 2)).toEqual(['Alex Example, Senior DevOps Engineer', 'Sam Example, DevOps Lead']);
    expect(JSON.stringify(emergencyAfter(3))).toContain('555');
    expect(JSON.stringify(emergencyAfter(3, false))).not.toContain('555');
  });

  it('is readable on 80 columns', () => {
    const painted = { ...look, paint: makePaint(true) };
    expect(stripVTControlCharacters(sayEmergency(emergencyAfter(3), painted))).toBe(
      sayEmergency(emergencyAfter(3), look),
    );
    const text = sayEmergency(emergencyAfter(3), look);
    expect(text).toContain('failed    Take the migration 0042_due back');
    expect(text).toContain('1  Alex Example');
    const [body] = text.split('\n  By hand');
    expect(body?.split('\n').every((line) => line.length <= 80)).toBe(true);
  });
});

describe('the time that a rollback may take', () => {
  const said = (at: string, change: Partial<RunState> = {}) =>
    sayBudget(clockOf({ ...stateAfter(3), ...change }, runbook.severities), new Date(at));

  it('RBX-00, RBC-P0: is counted from its beginning, also by whoever goes on with it', () => {
    expect(said('2025-10-01T14:31:12.000Z')).toEqual(['P0: 9 min 12 s of 15 min']);
    expect(said('2025-10-01T14:37:00.000Z')).toEqual(['P0: 15 min of 15 min']);
  });

  it('RBC-P0: says when it is over, and by how much', () => {
    expect(said('2025-10-01T14:38:00.000Z')).toEqual([
      'P0: 16 min of 15 min — OVERDUE by 1 min: tell the next of the escalation path',
    ]);
  });

  it('is no concern of a deploy, nor of an urgency without a limit', () => {
    expect(said('2025-10-01T14:38:00.000Z', { request: { severity: 'P3' } })).toEqual([]);
    expect(said('2025-10-01T14:38:00.000Z', { request: { severity: 'constructor' } })).toEqual([]);
    expect(sayBudget(clockOf(undefined, runbook.severities), now)).toEqual([]);
    expect(sayBudget(clockOf(stateAfter(3), undefined), now)).toEqual([]);
  });

  it('RBC-P0: is counted from the detection, where one is on record', () => {
    const request = { severity: 'P0', detectedAt: '2025-10-01T14:20:00.000Z' };
    expect(said('2025-10-01T14:31:00.000Z', { request })).toEqual([
      'P0: 11 min of 15 min since it was detected',
    ]);
    expect(said('2025-10-01T14:36:00.000Z', { request })[0]).toContain('OVERDUE by 1 min');
  });

  it('RBX-00, RBC-P0: stands in --json with both limits', () => {
    const request = { severity: 'P0', detectedAt: '2025-10-01T14:20:00.000Z' };
    const clock = clockOf({ ...stateAfter(3), request }, runbook.severities);
    expect(clockAsJson(clock, new Date('2025-10-01T14:36:00.000Z'))).toEqual({
      severity: 'P0',
      detectedAt: '2025-10-01T14:20:00.000Z',
      startBy: '2025-10-01T14:25:00.000Z',
      doneBy: '2025-10-01T14:35:00.000Z',
      spentMs: 960_000,
      overdue: true,
    });
    expect(clockAsJson(undefined, now)).toBeNull();
  });
});
