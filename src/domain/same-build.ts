import { bareVersion } from './version.ts';

interface Build {
  readonly version: string;
  /** Empty or absent: nobody knows. */
  readonly commit?: string;
}

const SHORTEST = 7;

/** Applications report their commit in full or shortened, as git prints it. */
const isSameCommit = (one: string, other: string): boolean => {
  const length = Math.min(one.length, other.length);
  return length >= SHORTEST && one.slice(0, length).toLowerCase() === other.slice(0, length).toLowerCase();
};

/** True when `live` is the wanted build: the same version and, where both sides know it, the same commit (E-78). */
export function isSameBuild(live: Build, wanted: Build): boolean {
  if (bareVersion(live.version) !== bareVersion(wanted.version)) return false;
  return !live.commit || !wanted.commit || isSameCommit(live.commit, wanted.commit);
}
