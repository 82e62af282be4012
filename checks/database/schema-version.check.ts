import { carriesCandidates } from '../../src/config/carries-candidates.ts';
import { readVersion } from '../../src/domain/version.ts';
import {
  defineCheck,
  findLiveCommit,
  findPending,
  ReleaseError,
  type Runbook,
  readMigrations,
  type Scope,
  type Services,
} from '../../src/kit.ts';
import type { AppliedMigration, MigrationFile } from '../../src/services/postgres/port.ts';
import { readLive } from '../app/read-live.ts';

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

type Asked = Pick<Services, 'git' | 'host'>;
type Live = { readonly said: string; readonly commit: string };

/**
 * What is live, by its tag. Where candidates are tried the commit that the application tells comes first: a candidate has
 * the number of its release, and that may have been tagged since at another commit. Undefined where one that is down is
 * about to be replaced.
 */
async function findLive({ git, host }: Asked, scope: Scope): Promise<Live | undefined> {
  const { env, release, runbook } = scope;
  const isTried = carriesCandidates(runbook, env);
  const tagOf = async (said: string) => {
    const version = readVersion(said);
    return version && (await git.tag(version));
  };
  const from = isTried ? undefined : release?.from;
  const known = from ? await tagOf(from) : undefined;
  if (from && known !== undefined) return { said: from, commit: known.commit };
  const mayBeDown = isTried && release?.commit !== undefined;
  const seen = mayBeDown ? await readLive(host, env) : { live: await host.liveVersion(env) };
  if ('down' in seen) return undefined;
  const { live } = seen;
  const said = `v${live.version}`;
  const tag = await tagOf(said);
  const commit = tag && !isTried ? tag.commit : await findLiveCommit(git, live, tag);
  return { said, commit };
}

/** The ordered set of applied files against the journal of the live tag: never versions as text (E-27). */
export default defineCheck<'git' | 'host' | 'postgres', Seen>({
  id: 'database.schema-version',
  title: 'Schema is that of the live version',
  runbook: ['ENV-07', 'PRE-19'],
  gates: ['preflight', 'rollback-verify'],
  needs: ['git', 'host', 'postgres'],
  absent: ({ runbook }) => (runbook.migrations ? undefined : 'no migrations are configured'),
  probe: async ({ git, host, postgres }, scope) => {
    const { env, release, runbook } = scope;
    const settings = settingsOf(runbook);
    const live = await findLive({ git, host }, scope);
    const expected = live ? await readMigrations(git, live.commit, settings) : [];
    const coming = release?.commit ? await readMigrations(git, release.commit, settings) : expected;
    const applied = await postgres.appliedMigrations(env, settings.journal);
    return { live: live?.said ?? 'nothing', expected, coming, applied };
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
