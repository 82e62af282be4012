/** One thing that a decision rests on. */
export interface EvidenceItem {
  /** `commit`, or the id of a check; each stands once. */
  readonly key: string;
  /** For people. */
  readonly says: string;
  /** What must not change: the digest is made of keys and marks alone. */
  readonly mark: string;
}

/** What people have before them when they decide. */
export interface Evidence {
  readonly digest: string;
  readonly items: readonly EvidenceItem[];
}

const MISSING = 'not there';

/** What became of the evidence since, an item each: `tests.e2e: pass, 98.2 % → fail, 94.1 %`. Empty when it is the same. */
export function listChanges(
  before: readonly EvidenceItem[],
  now: readonly EvidenceItem[],
): readonly string[] {
  const [was, is] = [before, now].map((items) => new Map(items.map((item) => [item.key, item])));
  const keys = [...new Set([...before, ...now].map(({ key }) => key))];
  return keys
    .filter((key) => was?.get(key)?.mark !== is?.get(key)?.mark)
    .map((key) => `${key}: ${was?.get(key)?.says ?? MISSING} → ${is?.get(key)?.says ?? MISSING}`);
}
