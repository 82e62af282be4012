import type { AuditFinding } from './read-npm-audit.ts';
import type { Weakness } from './weakness.ts';

/** Places of the lockfile that only development has: `node_modules/x` → true. */
export function readDevPlaces(lockfile: string | undefined): ReadonlySet<string> {
  try {
    const { packages } = JSON.parse(lockfile ?? '{}') as { packages?: Record<string, { dev?: unknown }> };
    const places = Object.entries(packages ?? {}).filter(([, one]) => one?.dev === true);
    return new Set(places.map(([place]) => place));
  } catch {
    // Nothing is known to be for development alone, so everything counts as production's.
    return new Set();
  }
}

const without = ({ nodes: _, ...finding }: AuditFinding, isDevOnly: boolean): Weakness => ({
  ...finding,
  isDevOnly,
});

/** Told by the lockfile: dev only where every place is. A place that it does not know counts as production's. */
export const tellByLockfile = (
  findings: readonly AuditFinding[],
  devPlaces: ReadonlySet<string>,
): readonly Weakness[] =>
  findings.map((one) =>
    without(one, one.nodes.length > 0 && one.nodes.every((place) => devPlaces.has(place))),
  );

const keyOf = ({ ids, where }: AuditFinding): string => `${ids.join(' ')} ${where}`;

/** Told by a second report with --omit=dev: what it lacks is dev only. What only it has counts as well. */
export function tellByReport(
  all: readonly AuditFinding[],
  production: readonly AuditFinding[],
): readonly Weakness[] {
  const exposed = new Set(production.map(keyOf));
  const dev = all.filter((one) => !exposed.has(keyOf(one)));
  return [...production.map((one) => without(one, false)), ...dev.map((one) => without(one, true))];
}
