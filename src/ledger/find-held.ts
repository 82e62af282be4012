import type { EntryState, RunState } from './fold.ts';

/** Since when something is held back from users. `inDoubt`: it was begun, and nobody knows whether it happened. */
export interface HeldBack {
  readonly since: string;
  readonly inDoubt: boolean;
}

/**
 * A switch that was begun and never answered may have happened all the same, and one that failed may have failed
 * after it happened; a warned one left no time behind and was gone past on purpose.
 */
function readSwitch(entry: EntryState | undefined): HeldBack | undefined {
  if (entry?.state === 'done') return { since: entry.at, inDoubt: false };
  if (entry?.state === 'intent' || entry?.state === 'failed') return { since: entry.firstAt, inDoubt: true };
  return undefined;
}

/** The first certain one counts; without one the first that is in doubt. */
const earlier = (before: HeldBack | undefined, found: HeldBack | undefined): HeldBack | undefined =>
  before === undefined || (before.inDoubt && found?.inDoubt === false) ? (found ?? before) : before;

/** What holds after one run, with what was held before it. */
function holdOn(
  held: HeldBack | undefined,
  switches: readonly HeldBack[],
  off: EntryState | undefined,
): HeldBack | undefined {
  if (off?.state !== 'done') {
    const all = switches.reduce(earlier, held);
    return all !== undefined && off?.state === 'intent' ? { ...all, inDoubt: true } : all;
  }
  // A run that came back may have held it back once more after it had let go.
  const later = switches
    .filter(({ since }) => since > off.at)
    .reduce<HeldBack | undefined>(earlier, undefined);
  return later ?? (held !== undefined && held.since > off.at ? held : undefined);
}

/** Folds every run in its order: a later one may release what an earlier one held. */
const findHeld = (
  runs: readonly RunState[],
  on: readonly string[],
  offs: readonly string[],
): HeldBack | undefined =>
  runs.reduce<HeldBack | undefined>((held, { entries }) => {
    const switches = on.flatMap((name) => readSwitch(entries[name]) ?? []);
    const ends = offs.flatMap((name) => entries[name] ?? []);
    return holdOn(held, switches, ends.findLast(({ state }) => state === 'done') ?? ends.at(-1));
  }, undefined);

/** Entries that switch them; a rollback does so twice, because the first time the application may be down. */
const SWITCH_ON = ['maintenance-on', 'maintenance-kept'];
const PAUSE = ['pause-jobs', 'jobs-kept'];

/** Since when maintenance mode is on, or may be on, by the ledger; undefined when it is off (F65). */
export const findMaintenanceSince = (runs: readonly RunState[]): HeldBack | undefined =>
  findHeld(runs, SWITCH_ON, ['maintenance-off']);

/** Since when background jobs are paused, or may be, by the ledger; undefined when they run (RBX-2.2, RBX-6.2). */
export const findJobsPausedSince = (runs: readonly RunState[]): HeldBack | undefined =>
  findHeld(runs, PAUSE, ['resume-jobs']);

/** Since when users are sent to the status page, or may be, by the ledger; undefined when they reach the application (RBX-6.4). */
export const findTrafficAwaySince = (runs: readonly RunState[]): HeldBack | undefined =>
  findHeld(runs, ['traffic-away'], ['traffic-normal']);

/** Endpoints at Stripe that a run disabled, or may have, and since when. */
export interface WebhooksOff extends HeldBack {
  readonly endpoints: readonly string[];
}

const endpointsOf = ({ plan }: RunState): readonly string[] =>
  plan.entries.flatMap((entry) => {
    if (entry.kind !== 'step' || entry.step !== 'stripe.disable-webhooks') return [];
    const { endpoints } = entry.input as { endpoints?: readonly string[] };
    return endpoints ?? [];
  });

/** Since when webhooks are disabled at Stripe, or may be, by the ledger; undefined when none is (RBX-2.3, RBX-6.3). */
export function findWebhooksOff(runs: readonly RunState[]): WebhooksOff | undefined {
  const held = findHeld(runs, ['webhooks-off'], ['webhooks-on', 'webhooks-open']);
  if (held === undefined) return undefined;
  const since = runs.filter(
    ({ entries }) => (readSwitch(entries['webhooks-off'])?.since ?? '') >= held.since,
  );
  return { ...held, endpoints: [...new Set(since.flatMap(endpointsOf))] };
}
