import * as z from 'zod';
import type { BehindSequence } from '../../../domain/gap/gap.ts';
import { type Address, makeAddress, withoutPooler } from '../address.ts';
import { askIn, patiently } from '../ask.ts';
import { makeReader } from '../session.ts';
import type { GapOrder } from './read-gap.ts';
import { readBehind } from './read-sequences.ts';

const DOING = 'say where its sequences stand';

/** Sequences that stand before where the kept state had them; reads both. Throws E_DB_RIGHTS. */
export function readBehindKept({
  connections,
  clock,
  ask,
  live,
  keptUrl,
}: Omit<GapOrder, 'point'>): Promise<readonly BehindSequence[]> {
  const address = makeAddress('the kept state', '', withoutPooler(keptUrl));
  return patiently(connections, clock, 'read', () =>
    connections.open(address, { application: 'release/reconcile' }, (client) =>
      askIn(client, address, {
        doing: DOING,
        read: (kept) => ask(live, { doing: DOING, read: (rows) => readBehind(kept, rows) }),
      }),
    ),
  );
}

/**
 * Raises sequences to where the kept state had them; one that has gone further meanwhile stays. A second time changes
 * nothing. Throws what a session of the database throws; the sequences before the refused one are raised then.
 */
export function raiseSequences(
  { connections }: Pick<GapOrder, 'connections'>,
  address: Address,
  behind: readonly BehindSequence[],
): Promise<void> {
  return connections.open(address, { application: 'release/reconcile' }, async (client) => {
    const rows = makeReader(client, address, 'raise a sequence', 'partly-done');
    for (const { quoted, to, goesUp } of behind)
      await rows(
        z.unknown(),
        `select setval($1::regclass, ${goesUp ? 'greatest' : 'least'}($2::bigint, last_value)) from ${quoted}`,
        [quoted, to],
      );
  });
}
