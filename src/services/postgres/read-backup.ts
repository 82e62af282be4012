import type { Clock } from '../../domain/clock.ts';
import { makeAddress } from './address.ts';
import { askIn, COUNTING_MS, patiently } from './ask.ts';
import type { Connections } from './connections.ts';
import { countRows } from './count-rows.ts';

const APPLICATION = 'release/backup';

/** Opens a backup by its address, counts the rows of every table and closes it (DAY rows: a backup is read, not believed). */
export async function readBackup(
  connections: Connections,
  clock: Clock,
  url: string,
): Promise<{ readonly tables: number; readonly rows: number }> {
  const address = makeAddress('the backup', '', url);
  const counted = await patiently(connections, clock, 'read', () =>
    connections.open(address, { application: APPLICATION }, (client) =>
      askIn(client, address, {
        doing: 'count its rows',
        limitMs: COUNTING_MS,
        read: (rows) => countRows(rows),
      }),
    ),
  );
  return { tables: counted.length, rows: counted.reduce((sum, one) => sum + one.rows, 0) };
}
