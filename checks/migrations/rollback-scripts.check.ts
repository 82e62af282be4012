import { defineCheck, findPending, ReleaseError, type Runbook, readMigrations } from '../../src/kit.ts';

const IRREVERSIBLE = /^\s*--\s*irreversible:\s*(\S.*)$/im;

const settingsOf = (runbook: Runbook) => {
  if (runbook.migrations) return runbook.migrations;
  throw new ReleaseError('E_MIGRATIONS_OFF', {
    what: 'No migrations are configured.',
    next: 'Add `migrations:`.',
    state: 'untouched',
  });
};

/** One script per pending file, not one for all of them; or a reason why there cannot be one (E-55). */
export default defineCheck({
  id: 'migrations.rollback-scripts',
  title: 'Every pending migration has a way back',
  runbook: ['MIG-03', 'MIG-10'],
  gates: ['preflight'],
  needs: ['git', 'postgres'],
  absent: ({ runbook, release }) => {
    if (!runbook.migrations) return 'no migrations are configured';
    return release?.commit ? undefined : 'no version was named';
  },
  probe: async ({ git, postgres }, { env, runbook, release }) => {
    const settings = settingsOf(runbook);
    const files = await readMigrations(git, release?.commit ?? '', settings);
    const pending = findPending(files, await postgres.appliedMigrations(env, settings.journal));
    return pending.map(({ tag, sql, rollbackSql }) => ({
      tag,
      hasScript: (rollbackSql ?? '').replace(/--.*$/gm, '').trim().length > 0,
      irreversible: IRREVERSIBLE.exec(sql)?.[1],
    }));
  },
  judge: (pending, { runbook }) => {
    const bare = pending.filter((file) => !file.hasScript && file.irreversible === undefined);
    const oneWay = pending.filter((file) => !file.hasScript && file.irreversible !== undefined);
    if (bare.length > 0) {
      const suffix = runbook.migrations?.rollbackSuffix ?? '_rollback.sql';
      return {
        outcome: 'fail',
        said: `no rollback script for ${bare.map((file) => file.tag).join(', ')}`,
        remedy: `Write <name>${suffix}, or say in the file: -- irreversible: <reason>`,
      };
    }
    if (oneWay.length > 0) {
      return {
        outcome: 'warn',
        said: oneWay.map((file) => `${file.tag} cannot go back: ${file.irreversible}`).join('; '),
        remedy: 'A rollback keeps this schema; make sure that the old code can live with it.',
      };
    }
    return {
      outcome: 'pass',
      said: pending.length === 0 ? 'nothing is pending' : `${pending.length} pending, each with a script`,
    };
  },
});
