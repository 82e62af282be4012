import { expect } from 'vitest';
import { foldRuns } from '../../../src/ledger/fold.ts';
import { countSteps, listSteps } from './list-steps.ts';
import type { Scenario } from './open-scenario.ts';
import { findMoved, readRefs } from './read-origin.ts';
import { readHealth, readLedger, readMigrations } from './read-world.ts';

/** What stood in the world before a run, to count from. */
export interface Before {
  readonly refs: Readonly<Record<string, string>>;
  readonly publishes: number;
  readonly messages: number;
  readonly backups: number;
  readonly events: number;
}

/**
 * Steps that were begun and are not recorded as done as often as their class allows: an effect once; what only asks or may
 * be repeated once at least, because a run that comes back proves anew what its next step rests on (T37).
 */
function findMiscounted(scenario: Scenario, skip: number) {
  const deploy = foldRuns(readLedger(scenario)).findLast(({ plan }) => plan.command === 'deploy');
  const once = new Set(listSteps(deploy).once);
  return Object.entries(countSteps(scenario, skip)).filter(
    ([step, { begun, done }]) => begun > 0 && (once.has(step) ? done !== 1 : done < 1),
  );
}

const countBackups = ({ neon }: Scenario['world']): number =>
  neon.branches().filter(({ name }) => name.startsWith('pre-v2.1.0-')).length;

/** A takeover is told as often as there was one; everything else is told once. */
const isTakeover = ({ metadata }: { readonly metadata?: unknown }): boolean =>
  (metadata as { event_payload?: { step?: unknown } } | undefined)?.event_payload?.step === 'takeover';

export function noteBefore(scenario: Scenario): Before {
  const { world } = scenario;
  return {
    refs: readRefs(world),
    publishes: world.platform.publishes().length,
    messages: world.slack.messages().length,
    backups: countBackups(world),
    events: readLedger(scenario).length,
  };
}

/** Every effect of a deploy of v2.1.0 stands in the world exactly once, however often it was interrupted. */
export async function expectOnce(scenario: Scenario, before: Before): Promise<void> {
  const { world } = scenario;
  const sent = world.slack
    .messages()
    .slice(before.messages)
    .filter((message) => !isTakeover(message));
  const applied = await readMigrations(world);
  expect({
    sent: sent.map(({ channel, thread }) => `${channel}${thread ? ', a reply' : ''}`).sort(),
    backups: countBackups(world) - before.backups,
    applied: applied.length,
    different: new Set(applied).size,
    moved: findMoved(before.refs, readRefs(world)),
    publishes: world.platform.publishes().length - before.publishes,
    done: findMiscounted(scenario, before.events),
  }).toEqual({
    // The question of decision 2 and the progress, in the thread of the start.
    sent: ['engineering', 'releases', 'releases, a reply', 'releases, a reply'],
    backups: 1,
    applied: 6,
    different: 6,
    moved: ['refs/heads/main', 'refs/tags/v2.1.0'],
    publishes: 1,
    done: [],
  });
  expect(await readHealth(world)).toMatchObject({ httpStatus: 200, version: '2.1.0', maintenance: false });
}
