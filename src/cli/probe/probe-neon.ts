import { ReleaseError } from '../../domain/failure.ts';
import { plural } from '../../domain/plural.ts';
import type { Wired } from '../wired.ts';
import { findOut, type ProbeFinding } from './probe-finding.ts';

const service = 'neon' as const;

/** A branch without a compute costs nothing, and shows that the key may write. It is deleted before the answer. */
async function tryBackup({ services: { neon }, env }: Wired, mark: string): Promise<void> {
  const name = `release-probe-${mark}`;
  try {
    await neon.createBackup(env, name);
  } finally {
    // One whose making was refused half way, or not waited for, is there all the same.
    const made = await neon.findBackup(env, name);
    if (made !== undefined) await neon.deleteBackup(env, made.id);
  }
  if ((await neon.findBackup(env, name)) === undefined) return;
  throw new ReleaseError('E_NEON_REFUSED', {
    what: `Neon made the branch ${name} and did not delete it.`,
    next: 'Delete it in the Neon console; the key must be allowed to delete branches.',
    state: 'partly-done',
  });
}

const sayHours = (hours: number): string =>
  hours >= 48 ? `${Math.floor(hours / 24)} days` : plural(Math.floor(hours), 'hour');

/** What a release asks of Neon: its key reads and writes, what a restore rests on can be read, history is long enough. */
export async function probeNeon(wired: Wired, mark: string): Promise<readonly ProbeFinding[]> {
  const { services, env, environment } = wired;
  const wanted = environment.neon?.minRetentionHours ?? 0;
  const read = await findOut({ service, id: 'neon.restore' }, async () => {
    const place = await services.neon.place(env);
    const hanging = await services.neon.children(env);
    const moved = hanging.length === 0 ? '' : `; ${hanging.join(', ')} would move with a restore`;
    return { outcome: 'pass', said: `the branch that a restore puts back answers at ${place.host}${moved}` };
  });
  const retention = await findOut({ service, id: 'neon.retention' }, async () => {
    const hours = await services.neon.retentionHours(env);
    const said = `history reaches back ${sayHours(hours)}; a release needs ${sayHours(wanted)}`;
    return hours >= wanted
      ? { outcome: 'pass', said }
      : { outcome: 'fail', said, next: 'Lengthen the restore window of the project in the Neon console.' };
  });
  const key = await findOut({ service, id: 'neon.key' }, async () => {
    await tryBackup(wired, mark);
    return { outcome: 'pass', said: 'the key makes and deletes branches; a trial one is gone again' };
  });
  return [key, read, retention];
}
