import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveTo, type ServerUser } from './drop-privileges.ts';

/** Where to go back to: a position in the log (everything before it), or a moment (commits up to it). */
export type RecoveryTarget = { readonly lsn: string } | { readonly at: string };

/** A base copy and every segment of the log since: what a return to an earlier moment is made from. */
export interface LogArchive {
  readonly base: string;
  readonly segments: string;
}

export const archiveIn = (folder: string): LogArchive => ({
  base: join(folder, 'base'),
  segments: join(folder, 'archive'),
});

/** Forgets what was kept, so that a new history can begin. */
export function emptyArchive({ base, segments }: LogArchive, user: ServerUser | undefined): void {
  rmSync(base, { recursive: true, force: true });
  rmSync(segments, { recursive: true, force: true });
  mkdirSync(segments, { recursive: true, mode: 0o700 });
  giveTo(user, segments);
}

const quote = (path: string): string => `"${path}"`;

// A segment that is there already is never written over: PostgreSQL asks for exactly that.
const keep = (to: string): string => `test ! -f ${quote(to)} && cp "%p" ${quote(to)}`;

/** Settings of a server whose log is kept. */
export const archiveSettings = ({ segments }: LogArchive): Readonly<Record<string, string>> => ({
  archive_mode: 'on',
  archive_command: keep(join(segments, '%f')),
});

const settingsFile = (data: string): string => join(data, 'postgresql.auto.conf');

const setting = (name: string, value: string): string => `${name} = '${value.replaceAll("'", "''")}'`;

/**
 * Tells copied data to come to `target` when they start. `wal` is the live server's log, for segments that it has
 * not archived yet. "Up to an LSN" means that the record which begins there is not replayed.
 */
export function aimAt(
  data: string,
  target: RecoveryTarget,
  { segments, wal, timeline }: { readonly segments: string; readonly wal: string; readonly timeline: number },
): void {
  const from = (folder: string): string => `cp ${quote(join(folder, '%f'))} "%p"`;
  const where =
    'lsn' in target
      ? [setting('recovery_target_lsn', target.lsn), setting('recovery_target_inclusive', 'off')]
      : [setting('recovery_target_time', target.at)];
  const lines = [
    setting('restore_command', `${from(segments)} 2>/dev/null || ${from(wal)} 2>/dev/null`),
    setting('recovery_target_timeline', String(timeline)),
    setting('recovery_target_action', 'promote'),
    ...where,
  ];
  appendFileSync(settingsFile(data), `${lines.join('\n')}\n`);
  writeFileSync(join(data, 'recovery.signal'), '');
}

/** Takes the target out of data that have reached it: a later start must not look for it again. */
export function forgetTarget(data: string): void {
  if (!existsSync(settingsFile(data))) return;
  const lines = readFileSync(settingsFile(data), 'utf8').split('\n');
  writeFileSync(
    settingsFile(data),
    lines.filter((line) => !/^(restore_command|recovery_target)/.test(line)).join('\n'),
  );
}
