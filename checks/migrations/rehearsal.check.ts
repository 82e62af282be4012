import { minutes } from '../../src/domain/duration.ts';
import { nameRehearsal, REHEARSAL_LIFE_MS } from '../../src/domain/rehearsal-branch.ts';
import {
  clearLeftovers,
  defineCheck,
  findPending,
  keepSchema,
  ReleaseError,
  type Runbook,
  readMigrations,
  rehearsalOrder,
} from '../../src/kit.ts';
import { judgeTrial, nothingPending, type Rehearsal } from './rehearsal/judge-trial.ts';
import { tryOut } from './rehearsal/try-out.ts';

type Settings = NonNullable<Runbook['migrations']>;
type Found = { readonly applied: number; readonly rehearsal?: Rehearsal };

const settingsOf = (runbook: Runbook): Settings => {
  if (runbook.migrations) return runbook.migrations;
  throw new ReleaseError('E_MIGRATIONS_OFF', {
    what: 'No migrations are configured.',
    next: 'Add `migrations:`.',
    state: 'untouched',
  });
};

/** Pending files on a branch of production, by the runner of production: up, down and up again (E-43, E-50 to E-52). */
export default defineCheck<'archive' | 'git' | 'neon' | 'postgres', Found>({
  id: 'migrations.rehearsal',
  title: 'Migrations rehearsed on a branch of the database',
  runbook: ['MIG-01', 'MIG-04', 'MIG-05', 'MIG-06', 'PIR-14', 'HOP-04'],
  gates: ['preflight'],
  releaseOnly: true,
  needs: ['archive', 'git', 'neon', 'postgres'],
  timeoutMs: minutes(15),
  tidiesMs: minutes(1),
  absent: ({ runbook, environment, release }) => {
    if (!runbook.migrations) return 'no migrations are configured';
    if (!environment.neon) return 'Neon is not configured for this environment';
    return release?.commit ? undefined : 'no version was named';
  },
  probe: async ({ archive, git, neon, postgres }, { env, runbook, release, now, signal }) => {
    const settings = settingsOf(runbook);
    const files = await readMigrations(git, release?.commit ?? '', settings);
    const applied = await postgres.appliedMigrations(env, settings.journal);
    const pending = findPending(files, applied);
    if (pending.length === 0) return { applied: applied.length };
    const leftovers = await clearLeftovers(neon, env, now);
    const branch = nameRehearsal(release?.version ?? '', now);
    const expiresAt = new Date(now.getTime() + REHEARSAL_LIFE_MS).toISOString();
    const order = { name: branch, role: postgres.migrationRole(env), expiresAt, signal };
    const trial = await neon.withTrialBranch(env, order, (url) =>
      postgres.withCopy(env, url, signal, (copy) =>
        tryOut(copy, pending, rehearsalOrder(settings), runbook.integrity, (schema) =>
          keepSchema(archive, env, schema),
        ),
      ),
    );
    return { applied: applied.length, rehearsal: { branch, trial, ...leftovers } };
  },
  judge: ({ applied, rehearsal }, { runbook }) =>
    rehearsal === undefined
      ? nothingPending(applied)
      : judgeTrial(rehearsal, settingsOf(runbook).lockTimeoutSeconds * 1000),
});
