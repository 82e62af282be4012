import { seconds } from '../../../domain/duration.ts';
import type { Reading, Sampler } from '../../../engine/watch/sampler.ts';
import { countComplaints, foldWatch, listDeclared } from '../../../ledger/fold-watch.ts';
import type { SourceWorld } from './source-world.ts';

/** A ledger in git is asked over the network. */
const EVERY_MS = seconds(30);
const NAME = 'notes';

/** What people tell by `release note`, from whichever machine: declared incidents and complaints (E-20, E-118). */
export const makeNotes = (
  { wired, version }: Pick<SourceWorld, 'wired' | 'version'>,
  since: number,
): Sampler => ({
  name: NAME,
  everyMs: EVERY_MS,
  // As long as nobody complains there is nothing to tell.
  metrics: [],
  sample: async () => {
    const events = await wired.ledger.read(wired.scope);
    const { notes } = foldWatch(events, version, new Date(since).toISOString());
    const declared = listDeclared(notes).map(
      ({ id, rank }): Reading => ({ metric: 'declared', series: id, source: NAME, value: rank }),
    );
    const complaints = [...countComplaints(notes)].map(
      ([series, value]): Reading => ({ metric: 'complaints', series, source: NAME, value }),
    );
    return [...declared, ...complaints];
  },
});
