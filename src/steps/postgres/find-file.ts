import { ReleaseError, type Runbook, readMigrations, type Services } from '../../kit.ts';

/** One migration file of a commit; throws E_MIGRATION_MISSING when the commit does not have it. */
export async function findFile(git: Services['git'], commit: string, tag: string, runbook: Runbook) {
  const files = runbook.migrations ? await readMigrations(git, commit, runbook.migrations) : [];
  const file = files.find((one) => one.tag === tag);
  if (file !== undefined) return file;
  throw new ReleaseError('E_MIGRATION_MISSING', {
    what: `The commit ${commit.slice(0, 7)} has no migration ${tag}.`,
    why: 'The plan was made from another commit, or the journal changed.',
    next: 'Plan again: release deploy --plan',
    state: 'untouched',
  });
}
