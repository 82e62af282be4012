import { type CatalogueDifference, compareCatalogues, sayCatalogueDifference } from '../catalogue.ts';
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

/**
 * PAR-04, PAR-12: journals against the migrations of each side's own commit, and the two schemas object by object.
 * `touches` is what the files do that production has yet to apply: an object that differs is explained only when one of
 * them makes, changes or drops it in that very direction. What somebody did by hand is named.
 */
export function compareSchema(left: Side, right: Side, touches: readonly Touch[]): Area {
  const known = [...left.code.migrations, ...right.code.migrations];
  const files = new Set(known.map(({ tag }) => tag));
  const pending = left.code.migrations.filter((file) => !isApplied(file, right.applied));
  const found = compareCatalogues(left.catalogue, right.catalogue);
  const open = found.filter((one) => findTouch(one, touches) === undefined);
  const foreign = [left, right].flatMap((side) => findForeign(side, known));
  return {
    name: 'schema',
    total: files.size + foreign.length + countObjects(left, right),
    differences: [
      ...findOpen(left),
      ...findOpen(right),
      ...foreign,
      ...open.map((one) => toDifference(one, left, right)),
      ...findUnkept(left, right, touches),
    ],
    expected: pending.map(({ tag }) => `migration ${tag}`),
    note: right.code.migrations.at(-1)?.tag ?? 'no migrations',
  };
}
