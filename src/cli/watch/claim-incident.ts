import { minutes } from '../../domain/duration.ts';
import type { Live } from './live.ts';

/** Whoever took it upon them to tell, and has not so long after that, will not. */
const CLAIM_MS = minutes(5);

type Claim = 'ours' | 'taken over' | "another's";

async function claim(stem: string, { base, run, watched }: Live): Promise<Claim> {
  const events = await base.ledger.read(base.scope);
  const claims = events.filter(({ id }) => id.startsWith(`${stem}:`));
  const last = claims.at(-1);
  if (last?.run === run) return 'ours';
  if (last !== undefined && base.clock.now().getTime() < Date.parse(last.at) + CLAIM_MS) return "another's";
  const id = `${stem}:${claims.length + 1}`;
  const data = { version: watched.version, name: 'incident' };
  const first = await base.ledger.note(base.scope, { id, run, type: 'watch.telling', data });
  if (first.run !== run) return "another's";
  return last === undefined ? 'ours' : 'taken over';
}

/**
 * Makes the message of an incident ours; `stem` names it alike in every watch. Of all who watch, one gets it: the ledger keeps
 * the first entry of an id. Without a ledger nobody can know who tells: told twice is better than not at all.
 */
export const claimIncident = (stem: string, live: Live): Promise<Claim> =>
  claim(stem, live).catch(() => 'taken over' as const);
