import { seconds } from '../../domain/duration.ts';
import { defineStep, findPending, ReleaseError, readMigrations } from '../../kit.ts';
import type { AppliedMigration, MigrationFile } from '../../services/postgres/port.ts';

/** `commit`: with the files of the version, from the plan: the remote may be away. `isExact`: the schema was taken back, so that nothing newer may be left of it. */
type Input = { env: string; version: string; commit: string; isExact: boolean };
type Done = { schema: 'same' | 'newer' | 'not configured'; latencyMs: number };

const differs = (version: string, said: string): ReleaseError =>
  new ReleaseError('E_SCHEMA_DIFFERS', {
    what: `The database does not have the schema of ${version}: ${said}.`,
    why: 'Its journal of migrations is compared with the files of that version, by their content.',
    next: 'Look at the journal; release preflight compares them again.',
    state: 'partly-done',
  });

const isOf = (files: readonly MigrationFile[], { hash, name }: AppliedMigration): boolean =>
  files.some((file) => file.hash === hash || file.tag === name);

function compare(
  files: readonly MigrationFile[],
  applied: readonly AppliedMigration[],
  { version, isExact }: Input,
): Done['schema'] {
  const missing = findPending(files, applied).map(({ tag }) => tag);
  if (missing.length > 0) throw differs(version, `${missing.join(', ')} is not applied`);
  const newer = applied.filter((one) => !isOf(files, one)).length;
  if (newer > 0 && isExact) throw differs(version, `${newer} more than its ${files.length} are applied`);
  return newer > 0 ? 'newer' : 'same';
}

/**
 * That the database answers a question, and that its journal is the one of the version (RBX-4B2, RBV-4). Where the newer
 * schema was left as it is, it may hold more. Throws E_SCHEMA_DIFFERS.
 */
export const seeDatabase = defineStep<'git' | 'postgres', Input, Done>({
  id: 'postgres.see-database',
  def: 1,
  needs: ['git', 'postgres'],
  effect: 'read',
  settleMs: 0,
  timeoutMs: seconds(10),
  stop: 'safe',
  title: ({ version }) => `See that the database answers for ${version}`,
  run: async ({ git, postgres }, input, { runbook }) => {
    const { env, commit } = input;
    const latencyMs = Math.round((await postgres.ping(env)).latencyMs);
    const settings = runbook.migrations;
    if (settings === undefined) return { schema: 'not configured', latencyMs };
    const [files, applied] = await Promise.all([
      readMigrations(git, commit, settings),
      postgres.appliedMigrations(env, settings.journal),
    ]);
    return { schema: compare(files, applied, input), latencyMs };
  },
  undo: { kind: 'nothing' },
});
