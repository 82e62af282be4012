import { findOutOfOrder, type JournalEntry, readJournal } from '../../src/domain/journal.ts';
import { plural } from '../../src/domain/plural.ts';
import { defineCheck, type Judgement, type Runbook } from '../../src/kit.ts';

type Settings = Pick<NonNullable<Runbook['migrations']>, 'folder' | 'journalFile' | 'rollbackSuffix'>;

/** Journal and files of SQL, as the release has them. */
interface Found {
  /** Undefined: there is no journal. */
  readonly entries: readonly JournalEntry[] | undefined;
  /** Names without `.sql`, rollback scripts left out. */
  readonly tags: readonly string[];
}

const MOST = 5;

function tagsIn(paths: readonly string[], { folder, rollbackSuffix }: Settings): readonly string[] {
  const names = paths.map((path) => path.slice(folder.length + 1)).filter((name) => !name.includes('/'));
  return names
    .filter((name) => name.endsWith('.sql') && !name.endsWith(rollbackSuffix))
    .map((name) => name.slice(0, -'.sql'.length));
}

/** A wrong path in the configuration looks like a release without migrations, to every other check as well. */
function judgeNone(tags: readonly string[], { folder, journalFile }: Settings): Judgement {
  if (tags.length > 0)
    return {
      outcome: 'fail',
      said: `${journalFile} is not in the release, so nobody would apply the ${plural(tags.length, 'file')} of ${folder}`,
      remedy: 'Commit the journal, or correct migrations.journalFile.',
    };
  return {
    outcome: 'warn',
    said: `the release has neither ${journalFile} nor a file of SQL in ${folder}: nothing would be migrated`,
    remedy:
      'Look at migrations.folder and migrations.journalFile. It is right while there are no migrations yet.',
  };
}

/** Numbered files that no entry names; others, like seed.sql, are no migrations. */
const findUnlisted = (tags: readonly string[], entries: readonly JournalEntry[]): readonly string[] =>
  tags.filter((tag) => /^\d/.test(tag) && !entries.some((entry) => entry.tag === tag));

function judgeOrder(
  entries: readonly JournalEntry[],
  tags: readonly string[],
  settings: Settings,
): Judgement {
  const late = findOutOfOrder(entries).map(({ tag }) => tag);
  if (late.length > 0)
    return {
      outcome: 'fail',
      said: `${late.join(', ')} would be skipped: older than one before it`,
      remedy: 'Generate the migration again, so that it is the newest.',
    };
  const unlisted = findUnlisted(tags, entries);
  if (unlisted.length === 0) return { outcome: 'pass', said: `${entries.length} in order` };
  const more = unlisted.length > MOST ? ` and ${unlisted.length - MOST} more` : '';
  return {
    outcome: 'fail',
    said: `${settings.journalFile} does not name ${unlisted.slice(0, MOST).join(', ')}${more}: nobody would apply it`,
    remedy: 'Let the tool of the migrations write the entry, or move what is none out of the folder.',
  };
}

/** A file that is older than the newest applied one, or that the journal does not name, is skipped without a word. */
export default defineCheck({
  id: 'migrations.journal-order',
  title: 'Journal lists the migrations in order',
  runbook: ['MIG-01', 'ENV-07'],
  gates: ['preflight'],
  needs: ['git'],
  absent: ({ runbook, release }) => {
    if (!runbook.migrations) return 'no migrations are configured';
    return release?.commit ? undefined : 'no version was named';
  },
  probe: async ({ git }, { runbook: { migrations }, release }): Promise<Found | undefined> => {
    if (migrations === undefined) return undefined;
    const { journalFile, folder } = migrations;
    const commit = release?.commit ?? '';
    const [text, paths] = await Promise.all([
      git.readFile(commit, journalFile),
      git.listFiles(commit, folder),
    ]);
    const entries = text === undefined ? undefined : readJournal(text, journalFile);
    return { entries, tags: tagsIn(paths, migrations) };
  },
  judge: (found, { runbook: { migrations } }) => {
    if (found === undefined || migrations === undefined)
      return { outcome: 'skip', said: 'no migrations are configured' };
    const { entries, tags } = found;
    return entries === undefined ? judgeNone(tags, migrations) : judgeOrder(entries, tags, migrations);
  },
});
