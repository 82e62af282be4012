import { bareVersion } from './version.ts';

interface Build {
  readonly version: string;
  /** Of what is wanted: the tag of the candidate, which an application may say in place of the number. */
  readonly candidate?: string;
  /** Empty or absent: nobody knows. */
  readonly commit?: string;
}

const SHORTEST = 7;

/** Applications report their commit in full or shortened, as git prints it. */
const isSameCommit = (one: string, other: string): boolean => {
  const length = Math.min(one.length, other.length);
  return length >= SHORTEST && one.slice(0, length).toLowerCase() === other.slice(0, length).toLowerCase();
};

/** True when the application says the wanted number, or the tag of exactly the wanted candidate: 2.1.0 or 2.1.0-rc.1, never 2.1.0-rc.2. */
export const isSameVersion = (said: string, { version, candidate = version }: Build): boolean =>
  [version, candidate].map(bareVersion).includes(bareVersion(said));

/** True when `live` is the wanted build: the same version and, where both sides know it, the same commit (E-78). */
export function isSameBuild(live: Build, wanted: Build): boolean {
  if (!isSameVersion(live.version, wanted)) return false;
  return !live.commit || !wanted.commit || isSameCommit(live.commit, wanted.commit);
}
