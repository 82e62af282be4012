import { readVersion, type Version } from './version.ts';

/** The next patch of a version. Undefined for a text that is no version, and for a candidate. */
export function nextPatch(version: string): Version | undefined {
  const numbers = /^v(\d+)\.(\d+)\.(\d+)$/.exec(readVersion(version) ?? '');
  return numbers ? `v${numbers[1]}.${numbers[2]}.${Number(numbers[3]) + 1}` : undefined;
}

/** The first patch above a version that is none of `taken`. Undefined as for `nextPatch`. */
export function nextFreePatch(version: string, taken: ReadonlySet<string>): Version | undefined {
  let next = nextPatch(version);
  while (next !== undefined && taken.has(next)) next = nextPatch(next);
  return next;
}
