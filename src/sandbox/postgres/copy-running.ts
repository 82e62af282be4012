import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withSession } from './ask-server.ts';
import { copyData, copyOne } from './copy-data.ts';
import { giveTo, type ServerUser } from './drop-privileges.ts';

const HISTORY = /^[0-9A-F]{8}\.history$/;
const SEGMENT = /^[0-9A-F]{24}$/;
const FIRST = /^START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)/;

/** A consistent copy of a running server's data, with the log that it needs to start. */
export async function takeCopy(
  url: string,
  data: string,
  to: string,
  user: ServerUser | undefined,
): Promise<void> {
  const { label, last } = await withSession(url, async (client) => {
    await client.query("select pg_backup_start('copy', true)");
    await copyData(data, to, user);
    const stop = 'select labelfile as label, pg_walfile_name(lsn) as last from pg_backup_stop(false)';
    const { rows } = await client.query<{ label: string; last: string }>(stop);
    return rows[0] ?? { label: '', last: '' };
  });
  const file = join(to, 'backup_label');
  writeFileSync(file, label, { mode: 0o600 });
  giveTo(user, file);
  // Sixty more lie there, kept from before or made for later: three times as much as the data.
  const first = FIRST.exec(label)?.[1] ?? '';
  const isNeeded = (name: string): boolean =>
    HISTORY.test(name) || (SEGMENT.test(name) && name >= first && name <= last);
  const log = readdirSync(join(data, 'pg_wal')).filter(isNeeded);
  await Promise.all(log.map((name) => copyOne(join(data, 'pg_wal', name), join(to, 'pg_wal', name), user)));
}
