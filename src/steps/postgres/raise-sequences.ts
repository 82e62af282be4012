import { minutes } from '../../domain/duration.ts';
import { plural } from '../../domain/plural.ts';
import { defineStep, ReleaseError } from '../../kit.ts';

type Input = { env: string; keptAs: string };

const keptGone = (keptAs: string): ReleaseError =>
  new ReleaseError('E_KEPT_GONE', {
    what: `The branch ${keptAs}, which should hold the state before the restore, is not there.`,
    why: 'Where the sequences had been cannot be read; a new row may get the number of a lost one.',
    next: 'Look at the branches in the Neon console; then release rollback --reconcile shows what collided.',
    state: 'untouched',
  });

const unread = (names: readonly string[]): ReleaseError =>
  new ReleaseError('E_DB_RIGHTS', {
    what: `Not raised: ${names.join(', ')}. The role may not read where they stand.`,
    why: 'A new row may get the number of a lost one.',
    next: 'Grant the role select on them, and raise them by hand.',
    state: 'partly-done',
  });

/**
 * Raises the sequences to where they stood before the restore, while nobody is let in: else new rows get the numbers of
 * lost ones, and those could never come back as they were (RBX-4C2). A higher number hurts nothing, so nothing is undone.
 */
export const raiseSequences = defineStep<'neon' | 'postgres', Input, { raised: number }>({
  id: 'postgres.raise-sequences',
  def: 1,
  needs: ['neon', 'postgres'],
  effect: 'repeatable',
  settleMs: 0,
  timeoutMs: minutes(5),
  stop: 'safe',
  title: () => 'Raise sequences above what was lost',
  run: async ({ neon, postgres }, { env, keptAs }, { guard, tell }) => {
    const kept = await neon.findBackup(env, keptAs);
    if (kept === undefined) throw keptGone(keptAs);
    const { sequences, unreadSequences } = await neon.withOpenBackup(env, kept.id, (url) =>
      postgres.sequencesBehind(env, url),
    );
    guard();
    await postgres.raiseSequences(env, sequences);
    tell(`${plural(sequences.length, 'sequence')} raised`);
    if (unreadSequences.length > 0) throw unread(unreadSequences);
    return { raised: sequences.length };
  },
  undo: { kind: 'nothing' },
});
