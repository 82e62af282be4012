import { ReleaseError } from './failure.ts';

/** One line of a migration journal. `when` is in milliseconds and orders the files. */
export interface JournalEntry {
  readonly tag: string;
  readonly when: number;
}

const TAG = /^[A-Za-z0-9][A-Za-z0-9._-]{0,200}$/;

function parseEntries(text: string): readonly unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    const entries = (parsed as { entries?: unknown } | null)?.entries;
    return Array.isArray(entries) ? entries : undefined;
  } catch {
    return undefined;
  }
}

const isEntry = (entry: unknown): entry is JournalEntry => {
  const { tag, when } = (entry ?? {}) as Partial<JournalEntry>;
  return typeof tag === 'string' && TAG.test(tag) && typeof when === 'number' && Number.isFinite(when);
};

/** The entries of a Drizzle journal (`meta/_journal.json`) in file order; throws E_JOURNAL_SHAPE otherwise. */
export function readJournal(text: string, path: string): readonly JournalEntry[] {
  const entries = parseEntries(text);
  if (entries?.every(isEntry)) return entries.map(({ tag, when }) => ({ tag, when }));
  throw new ReleaseError('E_JOURNAL_SHAPE', {
    what: `${path} is not a migration journal.`,
    why: 'It must be JSON with `entries`, each with a `tag` (a plain file name) and a `when` in milliseconds.',
    next: 'Generate it again with the tool that writes the migrations.',
    state: 'untouched',
  });
}

/**
 * Entries that a runner which only looks at the newest `when` would skip without a word: they come after a
 * newer one (Drizzle does this when two branches with migrations are merged).
 */
export const findOutOfOrder = (entries: readonly JournalEntry[]): readonly JournalEntry[] =>
  entries.filter((entry, i) => entries.slice(0, i).some((earlier) => earlier.when >= entry.when));
