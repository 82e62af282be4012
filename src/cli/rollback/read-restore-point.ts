import type { RestorePoint } from '../../services/postgres/port.ts';

const POINT =
  /^(?<lsn>[0-9A-F]{1,8}\/[0-9A-F]{1,8}) (?<at>\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)) (?<xid>\d+)$/i;

/** Reads `lsn at xid`, as tags and messages carry it; undefined for anything else, because strangers can write those. */
export function readRestorePoint(text: string): RestorePoint | undefined {
  const { lsn, at, xid } = POINT.exec(text)?.groups ?? {};
  return lsn === undefined || at === undefined || xid === undefined ? undefined : { lsn, at, xid };
}
