import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withSession } from './ask-server.ts';
import { copyData, copyOne } from './copy-data.ts';
import { giveTo, type ServerUser } from './drop-privileges.ts';

/** Names of log segments and of timeline histories. */
const LOG_FILE = /^[0-9A-F]{24}$|^[0-9A-F]{8}\.history$/;

/** A consistent copy of a running server's data, with the log that it needs to start. */
export async function takeCopy(
  url: string,
  data: string,
  to: string,
  user: ServerUser | undefined,
): Promise<void> {
  const label = await withSession(url, async (client) => {
    await client.query("select pg_backup_start('copy', true)");
    await copyData(data, to, user);
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
    return rows[0]?.labelfile ?? '';
  });
  const file = join(to, 'backup_label');
  writeFileSync(file, label, { mode: 0o600 });
  giveTo(user, file);
  const log = readdirSync(join(data, 'pg_wal')).filter((name) => LOG_FILE.test(name));
  await Promise.all(log.map((name) => copyOne(join(data, 'pg_wal', name), join(to, 'pg_wal', name), user)));
}
