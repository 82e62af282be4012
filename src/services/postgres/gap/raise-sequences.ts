import * as z from 'zod';
import { isReleaseError, ReleaseError } from '../../../domain/failure.ts';
import type { BehindSequence, Gap } from '../../../domain/gap/gap.ts';
import { type Address, makeAddress, withoutPooler } from '../address.ts';
import { askIn, patiently } from '../ask.ts';
import { makeReader } from '../session.ts';
import type { GapOrder } from './read-gap.ts';
import { readBehind } from './read-sequences.ts';

const DOING = 'say where its sequences stand';

/** Sequences that stand before where the kept state had them, and those that the role may not read; reads both. */
export function readBehindKept({
  connections,
  clock,
  ask,
  live,
  keptUrl,
}: Omit<GapOrder, 'point'>): Promise<Pick<Gap, 'sequences' | 'unreadSequences'>> {
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

const notRaised = (
  refused: readonly { readonly name: string; readonly error: ReleaseError }[],
): ReleaseError =>
  new ReleaseError(refused[0]?.error.code ?? 'E_DB_REFUSED', {
    what: `Not raised: ${refused.map(({ name }) => name).join(', ')}.`,
    ...(refused[0]?.error.text.why === undefined ? {} : { why: refused[0].error.text.why }),
    next: 'Raise them by hand: new rows may get the numbers of lost ones.',
    state: 'partly-done',
  });

/**
 * Raises sequences to where the kept state had them. One that has gone further is left alone; in the moment between
 * looking and setting it may still be asked, so that nobody should be let in yet. Every one is tried; those that were
 * refused are named in what it throws.
 */
export function raiseSequences(
  { connections }: Pick<GapOrder, 'connections'>,
  address: Address,
  behind: readonly BehindSequence[],
): Promise<void> {
  return connections.open(address, { application: 'release/reconcile' }, async (client) => {
    const rows = makeReader(client, address, 'raise a sequence', 'partly-done');
    const refused: { name: string; error: ReleaseError }[] = [];
    for (const { name, quoted, to, goesUp } of behind)
      try {
        await rows(
          z.unknown(),
          `select setval($1::regclass, $2::bigint) from ${quoted}
             where last_value ${goesUp ? '<' : '>'} $2::bigint or (last_value = $2::bigint and not is_called)`,
          [quoted, to],
        );
      } catch (error) {
        if (!isReleaseError(error) || error.code === 'E_DB_CUT') throw error;
        refused.push({ name, error });
      }
    if (refused.length > 0) throw notRaised(refused);
  });
}
