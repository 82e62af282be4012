import { describe, expect, it } from 'vitest';
import { ReleaseError, type StepContext } from '../../../src/kit.ts';
import { trafficAway, trafficNormal } from '../../../src/steps/app/switch-traffic.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makeRunbook, onlyThese } from '../../support/policy.ts';

const at = new Date('2026-11-24T15:00:00Z');
const { environments } = makeRunbook();
const traffic = {
  away: { command: 'cdn away' },
  normal: { command: 'cdn normal' },
  verify: { command: 'cdn where' },
};
const context = {
  runbook: makeRunbook({ environments: { production: { ...environments.production, traffic } } }),
  guard: () => undefined,
  secret: () => '',
  clock: { now: () => at },
} as unknown as StepContext;
const INPUT = { env: 'production' };

const down = new ReleaseError('E_APP_DOWN', { what: 'It is down.', next: 'Wait.', state: 'untouched' });

/** A CDN that is told by commands; `reach` says whether the application answers us while users are sent there. */
function makeWorld({ says = (where: string) => where, reach = (_: string): boolean => true, code = 0 } = {}) {
  const said: string[] = [];
  let where = 'normal';
  const line = async (command: string) => {
    said.push(command);
    if (command !== 'cdn where') where = command.replace('cdn ', '');
    const out = command === 'cdn where' ? `${says(where)}\n` : '';
    return { code, out, err: '', tookMs: 1, timedOut: false };
  };
  const liveVersion = async () => {
    if (!reach(where)) throw down;
    return { version: '2.1.0', latencyMs: 1 };
  };
  return { services: onlyThese({ shell: { line }, host: { liveVersion } }), said, where: () => where };
}

describe('sending users to the status page', () => {
  it('RBX-2.4: is done when it has been seen where they are sent', async () => {
    const { services, said } = makeWorld();
    expect(await trafficAway.run(services, INPUT, context)).toEqual({
      traffic: 'away',
      at: at.toISOString(),
    });
    expect(said).toEqual(['cdn away', 'cdn where']);
  });

  it('RBX-6.4: is taken back, and seen to be', async () => {
    const { services, said } = makeWorld();
    expect(await trafficNormal.run(services, INPUT, context)).toMatchObject({ traffic: 'normal' });
    expect(said).toEqual(['cdn normal', 'cdn where']);
  });

  it.each([
    ['the opposite', () => 'normal', 'says "normal"'],
    ['a word that nobody knows', () => 'cache: hit $SECRET', 'neither "away" nor "normal"'],
    ['nothing', () => '', 'neither "away" nor "normal"'],
  ])('E-89: is not done when the switch was accepted and it is told %s', async (_, says, why) => {
    const failed = await failureOf(trafficAway.run(makeWorld({ says }).services, INPUT, context));
    expect(failed).toMatchObject({ code: 'E_TRAFFIC', text: { state: 'unclear' } });
    expect(failed.text.why).toContain(why);
    expect(failed.text.why).not.toContain('SECRET');
  });

  it('is refused when the command is', async () => {
    const failed = await failureOf(trafficAway.run(makeWorld({ code: 3 }).services, INPUT, context));
    expect(failed.code).toBe('E_HOOK_REFUSED');
  });

  it('is taken back at once where the rollback itself would end at the status page', async () => {
    const world = makeWorld({ reach: (where) => where === 'normal' });
    const failed = await failureOf(trafficAway.run(world.services, INPUT, context));
    expect(failed.code).toBe('E_TRAFFIC');
    expect(failed.text.why).toContain('past the CDN');
    expect(world.where()).toBe('normal');
  });

  it('is done for an application that is down already: nobody can tell whether it is reached', async () => {
    const world = makeWorld({ reach: () => false });
    expect(await trafficAway.run(world.services, INPUT, context)).toMatchObject({ traffic: 'away' });
    expect(world.where()).toBe('away');
  });
});

describe('whether users are sent to the application', () => {
  it.each([
    { says: 'normal', state: 'done' },
    { says: 'away', state: 'absent' },
    { says: 'cache: hit', state: 'unclear' },
  ])('T37: is $state where the command says "$says", and nothing is switched', async ({ says, state }) => {
    const { services, said } = makeWorld({ says: () => says });
    const looking = { ...context, facts: {}, step: 'traffic-normal' };
    expect(await trafficNormal.inspect?.(services, INPUT, looking)).toMatchObject({ state });
    expect(said).toEqual(['cdn where']);
  });
});
