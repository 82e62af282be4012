import { readVersion } from '../../src/domain/version.ts';
import { defineCheck, findPending, ReleaseError, type Runbook, readMigrations } from '../../src/kit.ts';
import type { AppliedMigration, MigrationFile } from '../../src/services/postgres/port.ts';

interface Seen {
  readonly live: string;
  /** Files of the live version. */
  readonly expected: readonly MigrationFile[];
  /** Files of the version to come; a release may find some of them already applied. */
  readonly coming: readonly MigrationFile[];
  readonly applied: readonly AppliedMigration[];
}

const settingsOf = (runbook: Runbook) => {
  if (runbook.migrations) return runbook.migrations;
  throw new ReleaseError('E_MIGRATIONS_OFF', {
    what: 'No migrations are configured.',
    next: 'Add `migrations:`.',
    state: 'untouched',
  });
};

const noTag = (version: string): ReleaseError =>
  new ReleaseError('E_NO_TAG', {
    what: `${version} is live but has no tag, so its migrations are not known.`,
    next: 'Tag the commit that is live.',
    state: 'untouched',
  });

/** The ordered set of applied files against the journal of the live tag: never versions as text (E-27). */
export default defineCheck<'git' | 'host' | 'postgres', Seen>({
  id: 'database.schema-version',
  title: 'Schema is that of the live version',
  runbook: ['ENV-07', 'PRE-19'],
  gates: ['preflight', 'rollback-verify'],
  needs: ['git', 'host', 'postgres'],
  absent: ({ runbook }) => (runbook.migrations ? undefined : 'no migrations are configured'),
  probe: async ({ git, host, postgres }, { env, release, runbook }) => {
    const settings = settingsOf(runbook);
    const live = release?.from || `v${(await host.liveVersion(env)).version}`;
    const version = readVersion(live);
    const tag = version && (await git.tag(version));
    if (tag === undefined) throw noTag(live);
    const expected = await readMigrations(git, tag.commit, settings);
    const coming = release?.commit ? await readMigrations(git, release.commit, settings) : expected;
    return { live, expected, coming, applied: await postgres.appliedMigrations(env, settings.journal) };
  },
  judge: ({ live, expected, coming, applied }) => {
    const missing = findPending(expected, applied);
    const known = new Set([...expected, ...coming].map((file) => file.hash));
    const names = new Set([...expected, ...coming].map((file) => file.tag));
    const foreign = applied.filter(
      (one) => !(one.hash && known.has(one.hash)) && !(one.name && names.has(one.name)),
    );
    if (missing.length > 0) {
      return {
        outcome: 'fail',
        said: `${missing.map((f) => f.tag).join(', ')} of ${live} is not applied`,
        remedy: 'Apply it before this release, or find out who took it back.',
      };
    }
    if (foreign.length > 0) {
      return {
        outcome: 'fail',
        said: `${foreign.length} applied migration${foreign.length === 1 ? '' : 's'} that no commit knows`,
        remedy: 'A file was edited after it was applied, or somebody migrated by hand.',
      };
    }
    const early = applied.length - expected.length;
    const said = `${applied.length} migrations, last ${expected.at(-1)?.tag ?? 'none'}`;
    return early > 0
      ? { outcome: 'pass', said: `${said}; ${early} of the coming release already applied` }
      : { outcome: 'pass', said };
  },
});
