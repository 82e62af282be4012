/** Where a database is, and which cluster it belongs to. */
export interface DatabaseSpot {
  readonly systemIdentifier: string;
  readonly database: string;
  readonly host: string;
  readonly port: number;
  /** Identity of the ledger that was found in it. */
  readonly ledgerId?: string;
}

/** Neon's pooler is another name of the same endpoint. */
const withoutPooler = (host: string): string => host.replace(/-pooler\./, '.').toLowerCase();

/**
 * Why a restore of `target` would take the ledger back with it, to follow "the ledger"; undefined when they are apart.
 * A ledger that goes back in time forgets what was done and by whom (F52).
 */
export function findSharedFate(target: DatabaseSpot, ledger: DatabaseSpot): string | undefined {
  const isHere = ledger.ledgerId !== undefined && target.ledgerId === ledger.ledgerId;
  if (isHere) return `is kept in ${target.database} on ${target.host} itself`;
  // Every database of a cluster goes back together; branches of one Neon project keep the identifier of their root.
  if (target.systemIdentifier === ledger.systemIdentifier)
    return `is kept in the same PostgreSQL cluster (${target.systemIdentifier})`;
  const isSameAddress =
    withoutPooler(target.host) === withoutPooler(ledger.host) &&
    target.port === ledger.port &&
    target.database === ledger.database;
  return isSameAddress ? `has the same address, ${ledger.host}` : undefined;
}
