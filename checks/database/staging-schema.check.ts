import { defineCheck, findPending, ReleaseError, readMigrations } from '../../src/kit.ts';
import type { AppliedMigration, MigrationFile } from '../../src/services/postgres/port.ts';

interface Seen {
  readonly files: readonly MigrationFile[];
  readonly applied: readonly AppliedMigration[];
}

const noCandidate = (): ReleaseError =>
  new ReleaseError('E_CANDIDATE_UNKNOWN', {
    what: 'The commit of the candidate is not known, so its migrations are not.',
    next: 'Name the version, and make sure that its branch can be read.',
    state: 'untouched',
  });

/** What was tried on staging is the release's own set of migrations, by content, and nothing else (PRE-19, E-27). */
export default defineCheck<'git' | 'postgres', Seen>({
  id: 'database.staging-schema',
  title: 'Staging has the migrations of the candidate',
  runbook: 'PRE-19',
  gates: ['preflight'],
  releaseOnly: true,
  needs: ['git', 'postgres'],
  absent: ({ release, runbook }) => {
    if (release === undefined) return 'no release is named';
    if (runbook.migrations === undefined) return 'no migrations are configured';
    if (release.from === release.version) return `${release.version} is live`;
    return runbook.environments.staging?.database === undefined ? 'staging has no database here' : undefined;
  },
  probe: async ({ git, postgres }, { release, runbook: { migrations } }) => {
    if (release?.commit === undefined || migrations === undefined) throw noCandidate();
    const [files, applied] = await Promise.all([
      readMigrations(git, release.commit, migrations),
      postgres.appliedMigrations('staging', migrations.journal),
    ]);
    return { files, applied };
  },
  judge: ({ files, applied }, { release }) => {
    const missing = findPending(files, applied).map(({ tag }) => tag);
    if (missing.length > 0)
      return {
        outcome: 'fail',
        said: `${missing.join(', ')} is not applied on staging`,
        remedy: `Try it out there first: release deploy ${release?.version ?? ''} --env staging`,
      };
    const known = new Set(files.flatMap(({ hash, tag }) => [hash, tag]));
    const foreign = applied.filter(({ hash, name }) => !known.has(hash ?? '') && !known.has(name ?? ''));
    return foreign.length > 0
      ? {
          outcome: 'fail',
          said: `${foreign.length} migration${foreign.length === 1 ? ' is' : 's are'} applied on staging that the candidate does not have`,
          remedy: 'Take them back there: what was tested rests on them, and production will not have them.',
        }
      : { outcome: 'pass', said: `${files.length} of ${files.length} applied on staging, and no others` };
  },
});
