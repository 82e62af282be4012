import { minutes } from '../../domain/duration.ts';
import { makeRunId } from '../../engine/run-id.ts';
import type { BegunLook, Week } from '../../ledger/fold-week.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';

/** As no other look anywhere: the name tells whose claim it is. */
export const nameLook = ({ random }: CliContext, { clock }: Wired): string =>
  `l-${makeRunId(clock, random)}-${Math.floor(random() * 36 ** 8).toString(36)}`;

/** Longer than any look lasts: whoever began one earlier than that is not at it any more. */
const CLAIM_MS = minutes(30);

/** Looks that somebody is at. */
export const listTaken = ({ begun }: Week, now: number): readonly BegunLook[] =>
  begun.filter(({ at }) => now < at + CLAIM_MS);

/**
 * Makes a look ours, in a ledger without a queue: of all who ask, one gets it, for the ledger keeps the first entry of an
 * id and gives it to everybody. A look whose agent was killed can be claimed once more when its time is over.
 */
export async function claimLook(run: string, hour: number, week: Week, wired: Wired): Promise<boolean> {
  const nth = week.begun.filter((one) => one.hour === hour).length + 1;
  const id = `${week.release.run}:look:${hour}:begun:${nth}`;
  const data = { version: week.version, hour };
  const first = await wired.ledger.note(wired.scope, { id, run, type: 'watch.look-begun', data });
  return first.run === run;
}
