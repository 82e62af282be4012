import type { Clock } from '../../../domain/clock.ts';
import type { Gap, GapTable, UncomparedTable } from '../../../domain/gap/gap.ts';
import { type Address, makeAddress, withoutPooler } from '../address.ts';
import { type Ask, askIn, COUNTING_MS, patiently } from '../ask.ts';
import type { Connections } from '../connections.ts';
import { countRows } from '../count-rows.ts';
import type { RestorePoint } from '../port.ts';
import { writtenIn } from '../restore-point.ts';
import type { ReadRows } from '../session.ts';
import { type Compared, compareRows } from './compare-rows.ts';
import { holdBack } from './hold-back.ts';
import { isMeant, pairTables, sortParentsFirst, type TablePair, type Unpaired } from './pair.ts';
import { readBehind } from './read-sequences.ts';
import { readTables } from './read-tables.ts';
import { MOST_ROWS, openSide, type Side } from './side.ts';

export interface GapOrder {
  readonly connections: Connections;
  readonly clock: Clock;
  readonly ask: Ask;
  readonly live: Address;
  /** Connection string of the state that the restore kept. */
  readonly keptUrl: string;
  readonly point: RestorePoint;
}

/** A column that is gone may have held what the gap wrote, though nothing else differs. */
const isDifferent = ({ lost, changed, deleted, conflicts, pair, written }: Compared): boolean =>
  lost.length + changed.length + deleted.length + conflicts.length > 0 ||
  (pair.leftOut.length > 0 && written > 0);

/** Tables whose rows go, or change, with a row of this one. */
const followersOf = ({ quoted, roots }: TablePair, all: readonly Compared[]): readonly string[] =>
  all
    .filter(({ pair }) =>
      pair.parents.some(({ table, onDelete }) => onDelete !== 'stays' && isMeant({ quoted, roots }, table)),
    )
    .map(({ pair }) => pair.shown);

const asTable = (
  { pair, lost, changed, deleted, conflicts, written }: Compared,
  all: readonly Compared[],
): GapTable => ({
  name: pair.shown,
  quoted: pair.quoted,
  columns: pair.columns.map(({ name, quoted, type, isFixed }) => ({
    quoted,
    type,
    isKey: pair.key.includes(name),
    isFixed,
  })),
  leftOut: pair.leftOut,
  hasTriggers: pair.hasTriggers,
  refersToItself: pair.parents.some(({ table }) => isMeant(pair, table)),
  followers: followersOf(pair, all),
  written,
  lost: lost.map(({ key, values }) => ({ key, values })),
  changed: changed.map(({ key, values, seen, xmin }) => ({ key, values, seen, xmin })),
  deleted,
  conflicts,
});

/** What cannot be compared is counted: nobody may take silence for "nothing was lost". */
async function countUncompared(
  kept: Side,
  unpaired: readonly Unpaired[],
): Promise<readonly UncomparedTable[]> {
  const only = unpaired.filter(({ table }) => table.mayRead).map(({ table }) => table.shown);
  const how = { condition: writtenIn(), values: kept.bounds, only };
  const counted = only.length === 0 ? [] : await countRows(kept.rows, how);
  return unpaired.map(({ table: { shown }, why }) => {
    const rows = counted.find(({ table }) => table === shown)?.rows;
    return { name: shown, ...(rows === undefined ? {} : { rows }), why };
  });
}

const tooMany = `more than ${MOST_ROWS} rows were written in the gap or since`;

async function compare(kept: Side, live: Side): Promise<Gap> {
  const [then, now] = await Promise.all([readTables(kept.rows), readTables(live.rows)]);
  const { pairs, unpaired } = pairTables(then, now);
  const compared: Compared[] = [];
  const skipped: Unpaired[] = [...unpaired];
  for (const pair of sortParentsFirst(pairs)) {
    const found = await compareRows(kept, live, pair);
    if (found === undefined) skipped.push({ table: pair, why: tooMany });
    else compared.push(found);
  }
  const all = await holdBack(live, compared);
  return {
    tables: all.filter(isDifferent).map((one) => asTable(one, all)),
    uncompared: await countUncompared(kept, skipped),
    since: all.filter(({ since }) => since > 0).map(({ pair, since }) => ({ name: pair.shown, rows: since })),
    ...(await readBehind(kept.rows, live.rows)),
  };
}

/**
 * What was written between the point and the restore, against what is there now; reads both, changes neither. Every
 * table is read once on both sides; what is compared row by row, and kept, grows with the gap alone. Throws
 * E_RESTORE_REFUSED, E_DB_RIGHTS, E_DB_TIMEOUT after two minutes of one statement.
 */
export async function readGap({ connections, clock, ask, live, keptUrl, point }: GapOrder): Promise<Gap> {
  const doing = 'say what was written in the gap';
  const limitMs = COUNTING_MS;
  const address = makeAddress('the kept state', '', withoutPooler(keptUrl));
  const session = { application: 'release/reconcile' };
  const openLive = async (rows: ReadRows): Promise<Side> => openSide(rows, live, point);
  return patiently(connections, clock, 'read', () =>
    connections.open(address, session, (client) =>
      askIn(client, address, {
        doing,
        limitMs,
        read: async (keptRows) => {
          const kept = await openSide(keptRows, address, point);
          const read = async (liveRows: ReadRows) => compare(kept, await openLive(liveRows));
          return ask(live, { doing, limitMs, read });
        },
      }),
    ),
  );
}
