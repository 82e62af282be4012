import type { LedgerEvent } from '../../ledger/event.ts';
import type { CommandResult } from '../command.ts';
import type { Wired } from '../wired.ts';
import { answer } from './answer.ts';

const tell = ({ seq, at, type, run, actor }: LedgerEvent) => ({ entry: seq, at, type, run, actor });

const sayOne = (event: LedgerEvent): string =>
  `entry ${event.seq}, ${event.at}, ${event.type}, ${event.actor}`;

/**
 * Reads the whole chain from the store and proves it. Throws E_LEDGER_DAMAGED with the first entry that is not sound,
 * and what else the store says against being read.
 */
export async function verifyLedger(wired: Wired): Promise<CommandResult> {
  const { ledger, scope } = wired;
  const events = await ledger.read(scope);
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined)
    return answer(wired, [`  ✔ The ledger of ${scope} holds no entry yet.`, `    ${ledger.about.says}`], {
      entries: 0,
    });
  const lines = [
    `  ✔ The ledger of ${scope} is whole: entry after entry, ${last.seq} in all.`,
    `    first   ${sayOne(first)}`,
    `    last    ${sayOne(last)}`,
    `    head    ${last.h}`,
    `    ${ledger.about.says}`,
  ];
  return answer(wired, lines, { entries: last.seq, head: last.h, first: tell(first), last: tell(last) });
}
