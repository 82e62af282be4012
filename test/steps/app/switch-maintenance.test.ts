import { describe, expect, it } from 'vitest';
import type { StepContext } from '../../../src/kit.ts';
import { maintenanceOff, maintenanceOn } from '../../../src/steps/app/switch-maintenance.ts';
import { makeRunbook, onlyThese } from '../../support/policy.ts';

const at = new Date('2026-11-24T15:00:00Z');
const context = {
  runbook: makeRunbook(),
  guard: () => undefined,
  secret: () => '',
  clock: { now: () => at },
} as unknown as StepContext;

/** An application that answers 200 to the hook, and says afterwards what `maintenance` says. */
const services = (maintenance: boolean | undefined, status = 200) =>
  onlyThese({
    web: {
      request: async () => ({
        status,
        headers: {},
        bytes: new Uint8Array(),
        text: '',
        json: {},
        tookMs: 1,
      }),
    },
    host: {
      liveVersion: async () => ({
        version: '2.0.3',
        latencyMs: 1,
        ...(maintenance === undefined ? {} : { maintenance }),
      }),
    },
  });

describe('switching maintenance mode', () => {
  it('DAY-17: is done when the application says that it is on', async () => {
    expect(await maintenanceOn.run(services(true), { env: 'production' }, context)).toEqual({
      on: true,
      at: at.toISOString(),
    });
  });

  it('DAY-35: is done when the application says that it is off', async () => {
    const done = await maintenanceOff.run(services(false), { env: 'production' }, context);
    expect(done.on).toBe(false);
  });

  it.each([
    ['the opposite', false],
    ['nothing about it', undefined],
  ])('E-89: is not done when the hook was accepted and the application says %s', async (_, said) => {
    const run = maintenanceOn.run(services(said), { env: 'production' }, context);
    await expect(run).rejects.toMatchObject({ code: 'E_MAINTENANCE' });
  });

  it('is refused when the hook is', async () => {
    const run = maintenanceOn.run(services(true, 403), { env: 'production' }, context);
    await expect(run).rejects.toMatchObject({ code: 'E_HOOK_REFUSED' });
  });
});

describe('whether users are in', () => {
  it.each([
    { says: 'off', maintenance: false, state: 'done' },
    { says: 'on', maintenance: true, state: 'absent' },
    { says: 'nothing', maintenance: undefined, state: 'unclear' },
  ])('T37: is $state where the application says $says, and nothing is switched', async (row) => {
    const looking = { ...context, facts: { off: { on: false, at: 'then' } }, step: 'off' };
    const { host } = services(row.maintenance);
    const seen = await maintenanceOff.inspect?.({ host } as never, { env: 'production' }, looking);
    expect(seen?.state).toBe(row.state);
    if (seen?.state === 'done') expect(seen.done).toEqual({ on: false, at: 'then' });
  });
});
