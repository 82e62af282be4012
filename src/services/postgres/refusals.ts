import { ReleaseError } from '../../domain/failure.ts';

/** Exit 5: a later run of the same scope has been here (reliability 5.4). */
export const fenced = (scope: string, epoch: number, newest: string, isFresh: boolean): ReleaseError =>
  new ReleaseError('E_FENCED', {
    what: `Another run took ${scope} over; the database refuses this one.`,
    why: `This run holds epoch ${epoch}, the database has seen ${newest}.`,
    next: 'release status shows who goes on. This run does nothing more.',
    state: isFresh ? 'untouched' : 'partly-done',
  });

export const isMigrating = (called: string): ReleaseError =>
  new ReleaseError('E_DB_LOCKED', {
    what: `Another session is migrating ${called}.`,
    why: 'Two migrations at once would wait for each other, or do the same thing twice.',
    next: 'Wait until it has ended, then resume; release status shows the run.',
    state: 'untouched',
  });

export const wasEdited = (path: string, called: string): ReleaseError =>
  new ReleaseError('E_MIGRATION_EDITED', {
    what: `${path} was applied to ${called} with another text.`,
    why: 'The journal has its entry, but the hash differs: the file was edited afterwards.',
    next: 'Put the file back as it was and write the difference as a new migration.',
    state: 'untouched',
  });

export const noRollbackScript = (tag: string): ReleaseError =>
  new ReleaseError('E_NO_WAY_DOWN', {
    what: `${tag} has no rollback script, so it cannot be taken back by one.`,
    next: 'Keep the newer schema with --db none, or give up data with --db restore --accept-data-loss.',
    state: 'untouched',
  });

/** Before the first statement: an earlier attempt left an index that would be taken for a good one. */
export const indexLeft = (path: string, names: readonly string[]): ReleaseError =>
  new ReleaseError('E_INDEX_INVALID', {
    what: `${names.join(', ')} is there but invalid, so ${path} was not begun.`,
    why: 'An earlier attempt to build it failed. It is written to and never read, and IF NOT EXISTS would pass over it.',
    next: `${dropAll(names)}, then resume.`,
    state: 'untouched',
  });

/** After the last statement: the server said nothing, and yet an index cannot be used. */
export const indexBroken = (path: string, names: readonly string[]): ReleaseError =>
  new ReleaseError('E_INDEX_INVALID', {
    what: `${path} ran, but it left ${names.join(', ')} invalid.`,
    why: 'Another transaction did not let the build come to its end.',
    next: `${dropAll(names)}, then resume.`,
    state: 'partly-done',
  });

/** What a person types to be rid of them. */
export const dropAll = (names: readonly string[]): string =>
  names.map((name) => `drop index concurrently if exists ${name}`).join('; ');
