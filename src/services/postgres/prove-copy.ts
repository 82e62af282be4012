import * as z from 'zod';
import { compareCatalogues, sayCatalogueDifference } from '../../domain/catalogue.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { plural } from '../../domain/plural.ts';
import type { Address } from './address.ts';
import type { Ask } from './ask.ts';
import { readCatalogue } from './read-catalogue.ts';
import { readOne } from './session.ts';

const selfShape = z.object({ started: z.string(), timeline: z.string().nullable() });
type Self = z.infer<typeof selfShape>;

// The moment a server started, to the microsecond, is its own; every role may read it. Neon also names the branch
// whose data a server serves. The identifier of the cluster says nothing: a copy has that of its original.
const SELF = `select pg_postmaster_start_time()::text as started,
  nullif(current_setting('neon.timeline_id', true), '') as timeline`;

const readSelf = (ask: Ask, address: Address): Promise<Self> =>
  ask(address, { doing: 'say which server it is', read: (rows) => readOne(rows, selfShape, SELF) });

const isLive = (live: Address, why: string): ReleaseError =>
  new ReleaseError('E_COPY_IS_LIVE', {
    what: `What was given as a copy of ${live.called} is ${live.called} itself; nothing was written.`,
    why,
    next: 'Look at services.neon and environments.…neon, and at the branch in the Neon console.',
    state: 'untouched',
  });

const differs = (live: Address, count: number, first: string): ReleaseError =>
  new ReleaseError('E_COPY_DIFFERS', {
    what: `The copy does not have the schema of ${live.called}: ${plural(count, 'difference')}, ${first}.`,
    why: 'It is a copy of something else, or somebody changed the schema this minute. Nothing was written.',
    next: 'Look whether environments.…neon and environments.…database name the same database. Then try again.',
    state: 'untouched',
  });

const placeOf = ({ href }: Address): string => {
  const { hostname, port } = new URL(href);
  return `${hostname.replace(/-pooler\./, '.')}:${port || '5432'}`;
};

/**
 * Proves, by reading alone, that `copy` is a copy of `live` and not the same server under whatever name. Throws
 * E_COPY_IS_LIVE, E_COPY_DIFFERS; what cannot be read is thrown as it is, and nothing may be written then either.
 */
export async function proveCopy(
  copy: { readonly ask: Ask; readonly address: Address },
  live: { readonly ask: Ask; readonly addresses: readonly [Address, ...Address[]] },
): Promise<void> {
  const [first] = live.addresses;
  const same = live.addresses.find((address) => placeOf(address) === placeOf(copy.address));
  if (same !== undefined) throw isLive(first, `Both have the address ${same.host}.`);
  const mine = await readSelf(copy.ask, copy.address);
  for (const address of live.addresses) {
    const theirs = await readSelf(live.ask, address);
    if (theirs.started === mine.started) throw isLive(first, 'Both servers started in the same microsecond.');
    if (mine.timeline !== null && theirs.timeline === mine.timeline)
      throw isLive(first, 'Both serve the same branch of Neon.');
  }
  const [is, should] = [
    await readCatalogue(copy.ask, copy.address),
    await readCatalogue(live.ask, first),
  ] as const;
  const differences = compareCatalogues(is, should);
  const names = { left: 'the copy', right: 'the original' };
  if (differences[0] !== undefined)
    throw differs(first, differences.length, sayCatalogueDifference(differences[0], names));
}
