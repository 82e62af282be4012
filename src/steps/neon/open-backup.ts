import { seconds } from '../../domain/duration.ts';
import { defineStep, ReleaseError } from '../../kit.ts';

const emptyBackup = (name: string): ReleaseError =>
  new ReleaseError('E_BACKUP_EMPTY', {
    what: `The backup ${name} can be opened but holds no tables.`,
    why: 'A backup without data is no way back.',
    next: 'Look at the branch in the Neon console; then deploy again.',
    state: 'untouched',
  });

/** Opens the backup and reads it: a backup nobody has opened is a hope (DAY-09). */
export const openBackup = defineStep<
  'neon' | 'postgres',
  { env: string; backup: string; name: string },
  { tables: number; rows: number }
>({
  id: 'neon.open-backup',
  def: 1,
  needs: ['neon', 'postgres'],
  effect: 'repeatable',
  settleMs: 0,
  timeoutMs: seconds(180),
  stop: 'safe',
  title: ({ name }) => `Open the backup ${name} and read it`,
  run: async ({ neon, postgres }, { env, backup, name }, { facts, guard }) => {
    const id = facts[backup]?.id;
    guard();
    const seen = await neon.withOpenBackup(env, String(id), (url) => postgres.readBackup(url));
    if (seen.tables === 0) throw emptyBackup(name);
    return { tables: seen.tables, rows: seen.rows };
  },
  undo: { kind: 'nothing' },
});
