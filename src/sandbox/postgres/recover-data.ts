import { join } from 'node:path';
import { askServer } from './ask-server.ts';
import { copyData } from './copy-data.ts';
import { giveTo } from './drop-privileges.ts';
import { aimAt, archiveIn, forgetTarget, type RecoveryTarget } from './log-archive.ts';
import { openServer, type Place } from './server.ts';

/** Writes a commit and closes the segment: a target is only reached when the log goes on behind it. */
async function flushLog(url: string): Promise<number> {
  await askServer(url, 'select pg_current_xact_id()');
  const sql = 'select pg_switch_wal(), timeline_id::int as timeline from pg_control_checkpoint()';
  return Number((await askServer(url, sql))[0]?.timeline);
}

/**
 * Makes data as they were at `target`: the base copy, taken there along the kept log on a port of its own, and
 * stopped. Throws E_POSTGRES_START when the log does not reach the target.
 */
export async function recoverData(
  place: Place,
  url: string,
  to: string,
  target: RecoveryTarget,
): Promise<void> {
  const { base, segments } = archiveIn(place.folder);
  const timeline = await flushLog(url);
  await copyData(base, to, place.user);
  aimAt(to, target, { segments, wal: join(place.folder, 'data', 'pg_wal'), timeline });
  giveTo(place.user, join(to, 'recovery.signal'));
  // A server that answers questions during recovery calls itself ready before it has arrived.
  const server = await openServer(place, to, { settings: { hot_standby: 'off' } });
  await server.stop();
  forgetTarget(to);
}
