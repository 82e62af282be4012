/**
 * pg fills what an address leaves open from PGPORT, PGDATABASE, PGOPTIONS, PGSSLMODE and their kin, as psql does. A shell of
 * somebody who has them set for a database of their own must not lead a release there.
 */
export function forgetTerminal(): void {
  for (const name of Object.keys(process.env)) if (/^PG[A-Z]+$/.test(name)) delete process.env[name];
}
