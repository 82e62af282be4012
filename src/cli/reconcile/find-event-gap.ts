import { minutes } from '../../domain/duration.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { findWebhooksOff } from '../../ledger/find-held.ts';
import type { RunState } from '../../ledger/fold.ts';
import type { Wired } from '../wired.ts';
import { readRestored } from './find-restored.ts';

/** A time of which events are missing here: their effect was restored away, or they were never sent. */
export interface EventGap {
  readonly run: string;
  readonly from: Date;
  readonly to: Date;
  readonly why: string;
}

/** An event of just before may have been delivered after it; one that was taken already changes nothing. */
const BEFORE_MS = minutes(5);

const before = (iso: string): Date => new Date(Date.parse(iso) - BEFORE_MS);

/** When the endpoints of a run were disabled, and until when; they may still be. */
function findSilence(state: RunState, now: Date): EventGap | undefined {
  const off = state.entries['webhooks-off'];
  const began = off?.state === 'done' ? off.startedAt : off?.state === 'warned' ? state.startedAt : undefined;
  const from = began ?? findWebhooksOff([state])?.since;
  if (from === undefined) return undefined;
  const on = ['webhooks-on', 'webhooks-open'].map((name) => state.entries[name]);
  const end = on.find((one) => one?.state === 'done');
  const to = end?.state === 'done' ? new Date(end.at) : now;
  return { run: state.run, from: before(from), to, why: 'its endpoint was disabled' };
}

async function findRestoreGap(state: RunState, wired: Wired): Promise<EventGap | undefined> {
  const restored = await readRestored(state, wired);
  if (restored === undefined) return undefined;
  const { run, point, endedAt } = restored;
  return { run, from: before(point.at), to: new Date(endedAt), why: 'the database was restored' };
}

const join = (a: EventGap | undefined, b: EventGap | undefined): EventGap | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  const [from, to] = [Math.min(+a.from, +b.from), Math.max(+a.to, +b.to)];
  return { run: a.run, from: new Date(from), to: new Date(to), why: `${a.why} and ${b.why}` };
};

const noGap = (wanted: string | undefined, env: string): ReleaseError =>
  new ReleaseError('E_NO_RESTORE', {
    what: `The ledger of ${env} knows no rollback${wanted === undefined ? '' : ' of this name'} after which events of Stripe are missing.`,
    why: 'They are missing after a restore of the database, and where an endpoint was disabled meanwhile.',
    next: 'release history shows the runs.',
    state: 'untouched',
  });

/** The last gap, or that of the wanted run. Throws E_NO_RESTORE, also when the last restore is in doubt. */
export async function findEventGap(
  runs: readonly RunState[],
  wanted: string | undefined,
  wired: Wired,
): Promise<EventGap> {
  const among = runs.filter(({ run }) => wanted === undefined || run === wanted);
  for (const state of [...among].reverse()) {
    const silence = findSilence(state, wired.clock.now());
    const gap = join(await findRestoreGap(state, wired), silence);
    if (gap !== undefined) return gap;
  }
  throw noGap(wanted, wired.env);
}
