import type { Area, Difference, Side } from './likeness.ts';

interface Versions {
  readonly name: string;
  readonly left: string | undefined;
  readonly right: string | undefined;
  /** What each side's own commit asks for. */
  readonly leftLocked: string | undefined;
  readonly rightLocked: string | undefined;
}

const read = (map: Readonly<Record<string, string>> | undefined, name: string): string | undefined =>
  map !== undefined && Object.hasOwn(map, name) ? map[name] : undefined;

/** A change that the release brings is explained only when each side has exactly what its own commit asks for. */
const isBrought = ({ left, right, leftLocked, rightLocked }: Versions): boolean =>
  left === leftLocked && right === rightLocked;

/** The release changes it, and still both have the same: staging does not run what the release brings. */
const isNotThere = ({ left, right, leftLocked, rightLocked }: Versions): boolean =>
  left === right && leftLocked !== rightLocked;

function sayVersions({ name, left, right, leftLocked }: Versions, [staging, production]: readonly string[]) {
  if (left === undefined) return `${name} only in ${production}`;
  if (right === undefined) return `${name} only in ${staging}`;
  if (left === right) return `${name} ${left} in both, but the release brings ${leftLocked ?? 'none'}`;
  return `${name} ${left} ≠ ${right}`;
}

const sayChange = ({ name, left, right }: Versions): string => {
  if (right === undefined) return `${name} ${left} is new`;
  return left === undefined ? `${name} ${right} goes` : `${name} ${right} → ${left}`;
};

function toDifference(versions: Versions, envs: readonly string[]): Difference {
  const { name, left, right } = versions;
  return {
    kind: 'package-version',
    path: `npm/${name}`,
    said: sayVersions(versions, envs),
    ...(left === undefined ? {} : { left }),
    ...(right === undefined ? {} : { right }),
  };
}

/** PAR-02, PAR-11: installed packages, without what the release itself changes in the lockfile (E-53). */
export function comparePackages(left: Side, right: Side): Area {
  const names = [...new Set([...Object.keys(left.packages), ...Object.keys(right.packages)])].sort();
  const all = names.map((name) => ({
    name,
    left: read(left.packages, name),
    right: read(right.packages, name),
    leftLocked: read(left.code.locked, name),
    rightLocked: read(right.code.locked, name),
  }));
  const known = left.code.locked !== undefined && right.code.locked !== undefined;
  const expected = all.filter((one) => one.left !== one.right && known && isBrought(one));
  const different = all.filter((one) =>
    one.left === one.right ? known && isNotThere(one) : !(known && isBrought(one)),
  );
  const isRead = left.arePackagesTold && right.arePackagesTold;
  return {
    name: 'packages',
    total: names.length,
    differences: different.map((one) => toDifference(one, [left.env, right.env])),
    expected: expected.map(sayChange),
    ...(isRead ? {} : { note: 'by lockfile: what is installed was not told' }),
  };
}
