import {
  type Catalogue,
  type CatalogueDifference,
  compareCatalogues,
  sayCatalogueDifference,
} from '../catalogue.ts';
import { findTouch } from './find-touch.ts';
import type { Applied, Area, Difference, Known, Side } from './likeness.ts';
import type { Touch } from './touch.ts';

const isApplied = ({ hash, tag }: Known, applied: readonly Applied[]): boolean =>
  applied.some((one) => one.hash === hash || one.name === tag);

const migration = (tag: string, said: string): Difference => ({
  kind: 'migration',
  path: `schema/${tag}`,
  said: `migration ${tag} ${said}`,
});

/** Files that a side's commit has and its database has not. */
const findOpen = ({ code, applied, env }: Side): readonly Difference[] =>
  code.migrations
    .filter((file) => !isApplied(file, applied))
    .map(({ tag }) => migration(tag, `is not applied in ${env}`));

/** Migrations that a database remembers and neither commit has: an edited file, or a hand. */
function findForeign({ applied, env }: Side, known: readonly Known[]): readonly Difference[] {
  const foreign = applied.filter((one) => !known.some((file) => isApplied(file, [one])));
  return foreign.map(({ hash, name }) =>
    migration(name ?? (hash ?? '').slice(0, 8), `is applied in ${env}, and no commit has it`),
  );
}

/** What the pending files make new, and where it is not or is too early. */
function findUnkept(left: Side, right: Side, touches: readonly Touch[]): readonly Difference[] {
  const has = ({ catalogue }: Side, { kind, name }: Touch): boolean =>
    catalogue.items.some((item) => item.kind === kind && item.name === name);
  const made = touches.filter((one) => one.way === 'add' && !one.name.includes('*'));
  return made.flatMap((one): Difference[] => {
    const isGone = touches.some((other) => other.way === 'drop' && other.name === one.name);
    if (isGone || has(left, one) !== has(right, one)) return [];
    const said = has(left, one)
      ? `is in ${right.env} already, before the release brings it`
      : `is not in ${left.env}, although the release brings it`;
    return [
      { kind: 'schema', path: `schema/${one.kind} ${one.name}`, said: `${one.kind} ${one.name} ${said}` },
    ];
  });
}

const toDifference = (one: CatalogueDifference, left: Side, right: Side): Difference => ({
  kind: 'schema',
  path: `schema/${one.kind} ${one.name}`,
  said: sayCatalogueDifference(one, { left: left.env, right: right.env }),
  ...(one.left === undefined ? {} : { left: one.left }),
  ...(one.right === undefined ? {} : { right: one.right }),
});

const countObjects = (left: Side, right: Side): number =>
  new Set([...left.catalogue.items, ...right.catalogue.items].map(({ kind, name }) => `${kind} ${name}`))
    .size;

/** Staging against what a rehearsal made of production: whatever differs, a hand made or the release did not bring. */
function findBeside(left: Side, right: Side, rehearsed: Catalogue): readonly Difference[] {
  const at = ({ items }: Catalogue, { kind, name }: CatalogueDifference): string | undefined =>
    items.find((one) => one.kind === kind && one.name === name)?.is;
  const envOf = (one: CatalogueDifference): string =>
    at(rehearsed, one) === at(right.catalogue, one) ? right.env : `${right.env} after the release`;
  return compareCatalogues(left.catalogue, rehearsed).map((one) =>
    toDifference(one, left, { ...right, env: envOf(one) }),
  );
}

function findByName(left: Side, right: Side, touches: readonly Touch[]) {
  const found = compareCatalogues(left.catalogue, right.catalogue);
  const open = found.filter((one) => findTouch(one, touches) === undefined);
  const differences = [
    ...open.map((one) => toDifference(one, left, right)),
    ...findUnkept(left, right, touches),
  ];
  return { differences, ...(open.length < found.length ? { byName: true as const } : {}) };
}

/**
 * PAR-04, PAR-12: journals against the migrations of each side's own commit, and the two schemas object by object.
 * With a rehearsal of the files that production has yet to apply, staging has to have what that came to. Without one,
 * `touches` is what these files do by their text: an object that differs is explained when one of them makes, changes or
 * drops it in that very direction. What somebody did by hand is named.
 */
export function compareSchema(
  left: Side,
  right: Side,
  touches: readonly Touch[],
  rehearsed?: Catalogue,
): Area {
  const known = [...left.code.migrations, ...right.code.migrations];
  const files = new Set(known.map(({ tag }) => tag));
  const pending = left.code.migrations.filter((file) => !isApplied(file, right.applied));
  const { differences, ...how } =
    rehearsed === undefined
      ? findByName(left, right, touches)
      : { differences: findBeside(left, right, rehearsed) };
  const foreign = [left, right].flatMap((side) => findForeign(side, known));
  return {
    name: 'schema',
    total: files.size + foreign.length + countObjects(left, right),
    differences: [...findOpen(left), ...findOpen(right), ...foreign, ...differences],
    ...how,
    expected: pending.map(({ tag }) => `migration ${tag}`),
    note: right.code.migrations.at(-1)?.tag ?? 'no migrations',
  };
}
