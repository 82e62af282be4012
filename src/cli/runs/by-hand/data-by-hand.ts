import type { PlannedStep } from '../../../domain/plan.ts';
import { type ByHand, inputOf, quote, type Stopped, variable } from './by-hand.ts';
import { gitOf } from './code-by-hand.ts';

type Migrations = NonNullable<Stopped['runbook']['migrations']>;

/** The statement that takes the migration out of the journal; the hash is that of the file, made by the shell. */
function forget({ journal }: Migrations, tag: string, show: string): string {
  const hash = `$(${show} | openssl dgst -sha256 -r | cut -d' ' -f1)`;
  return journal === 'drizzle'
    ? `echo "delete from drizzle.__drizzle_migrations where hash = '${hash}';"`
    : `echo "delete from schema_migrations where version::text = '${tag}';"`;
}

/** What PostgreSQL refuses in a transaction. Too many words here only cost the transaction, and never the script. */
const OUTSIDE = 'concurrently|vacuum|alter +system|reindex|(create|drop) +(database|tablespace|subscription)';

/**
 * A rollback script from the copy of the code on this machine, and its line of the journal: in one transaction, or, where
 * the script holds what PostgreSQL refuses in one, statement by statement, with the journal last. A shell reads the script
 * anew, because nobody knows here what stands in it.
 */
export function revertByHand(entry: PlannedStep, stopped: Stopped): readonly ByHand[] {
  const { environment, runbook } = stopped;
  const { migrations } = runbook;
  const { database } = environment;
  if (migrations === undefined || database === undefined) return [];
  const { commit, tag } = inputOf(entry) as { commit: string; tag: string };
  const { copy } = gitOf(stopped);
  const show = (end: string): string =>
    `${copy} show ${quote(`${commit}:${migrations.folder}/${tag}${end}`)}`;
  const parts = `{ ${show(migrations.rollbackSuffix)}; echo; ${forget(migrations, tag, show('.sql'))}; }`;
  const url = variable(database.directUrl ?? database.url);
  const whole = `$(${show(migrations.rollbackSuffix)} | grep -qiE ${quote(OUTSIDE)} || echo -1)`;
  const psql = `psql "${url}" -X -q ${whole} -v ON_ERROR_STOP=1`;
  return [{ says: `take the migration ${tag} back`, line: `${parts} | ${psql}` }];
}

/** The restore as Neon's interface takes it. The name under which the present state is kept tells later that it happened. */
export function restoreByHand(entry: PlannedStep, { environment, runbook }: Stopped): readonly ByHand[] {
  const { neon } = environment;
  const api = runbook.services.neon;
  if (neon === undefined || api === undefined) return [];
  const { lsn, keepAs } = inputOf(entry) as { lsn: string; keepAs: string };
  const ask = `curl -gfsS -H "Authorization: Bearer ${variable(api.apiKey)}" -H 'Content-Type: application/json'`;
  const branches = `${api.apiUrl.replace(/\/$/, '')}/projects/${neon.project}/branches`;
  const find = `.branches[] | select(.name == "${neon.branch}" or .id == "${neon.branch}") | .id`;
  const order = `{"source_branch_id":"'"$BRANCH"'","source_lsn":"${lsn}","preserve_under_name":"${keepAs}"}`;
  return [
    {
      says: `restore the database to ${lsn}; its present state stays as ${keepAs}`,
      line: `BRANCH=$(${ask} ${quote(branches)} | jq -r ${quote(find)}) && ${ask} -X POST -d '${order}' "${branches}/$BRANCH/restore"`,
    },
  ];
}
