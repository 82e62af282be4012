import { ReleaseError } from '../../domain/failure.ts';
import { countGap, type Gap, type GapOrigin } from '../../domain/gap/gap.ts';
import { writeGapSql } from '../../domain/gap/write-sql.ts';
import type { JsonObject } from '../../domain/json.ts';
import { foldRuns } from '../../ledger/fold.ts';
import { isWhole, sayGap } from '../../report/gap-text.ts';
import type { ServiceName } from '../../services/services.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { missingSecrets } from '../say-missing-secrets.ts';
import type { Wired } from '../wired.ts';
import { findRestored, type Restored } from './find-restored.ts';
import { writePrivate } from './write-private.ts';

const NEEDS: readonly ServiceName[] = ['neon', 'postgres'];

const keptGone = ({ keptAs, run }: Restored): ReleaseError =>
  new ReleaseError('E_KEPT_GONE', {
    what: `The branch ${keptAs}, in which run ${run} kept the state before its restore, is not there any more.`,
    why: 'Somebody deleted it, or gave it another name.',
    next: 'Give it its name back in the Neon console. If it is deleted, what the history still holds can be made a branch there.',
    state: 'untouched',
  });

/** Throws E_SECRET_MISSING or E_NOT_CONFIGURED for what a comparison cannot do without. */
function refuseWithout({ missing, checks, configured, env }: Wired): void {
  const needed = missing.filter(({ services }) => services.some((name) => NEEDS.includes(name)));
  if (needed.length > 0) throw missingSecrets(needed, checks);
  const absent = NEEDS.find((name) => !configured.has(name));
  if (absent === undefined) return;
  throw new ReleaseError('E_NOT_CONFIGURED', {
    what: `${absent === 'neon' ? 'Neon' : 'The database'} of ${env} is not configured.`,
    next: 'Configure it: both states must be opened to be compared.',
    state: 'untouched',
  });
}

/** Opens the kept state beside the present one, and compares; changes neither. Throws E_KEPT_GONE. */
async function readGap(restored: Restored, { services: { neon, postgres }, env }: Wired): Promise<Gap> {
  const kept = await neon.findBackup(env, restored.keptAs);
  if (kept === undefined) throw keptGone(restored);
  return neon.withOpenBackup(env, kept.id, (url) => postgres.readGap(env, url, restored.point));
}

/** Numbers and names alone: a report goes to more people than a row of a customer. */
const asJson = (gap: Gap, origin: GapOrigin, file: string | null): JsonObject => ({
  ...origin,
  ...countGap(gap),
  tables: gap.tables.map(({ name, lost, changed, deleted, conflicts, leftOut }) => ({
    name,
    lost: lost.length,
    changed: changed.length,
    deleted: deleted.length,
    conflicts: conflicts.length,
    columnsLeftOut: leftOut,
  })),
  uncompared: gap.uncompared.map((one) => ({ ...one })),
  sequences: gap.sequences.map(({ name, to }) => ({ name, to })),
  file,
});

const nameOf = ({ env, run }: GapOrigin, now: Date): string =>
  `reconcile-${env}-${run}-${now.toISOString().replace(/[-:]|\.\d+/g, '')}.sql`.replace(/[^\w.-]/g, '_');

const sayFile = (path: string): string =>
  [
    '',
    `  ${path}`,
    '  It holds data of your users. Read it, apply it, delete it: one transaction,',
    '  and a second time changes nothing. What is for a person stands below commit.',
  ].join('\n');

/**
 * `rollback --reconcile [run]`: what a restore took, against what is there now, and the SQL that brings it back (RBX-4C).
 * Reads both databases and writes one private file; applying it stays with a person.
 */
export async function reconcile(
  [wanted]: readonly string[],
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const { ledger, scope, env, runbook, clock } = wired;
  const restored = findRestored(foldRuns(await ledger.read(scope)), wanted, env);
  refuseWithout(wired);
  const gap = await readGap(restored, wired);
  const { run, keptAs, point } = restored;
  const origin = { env, run, keptAs, at: point.at };
  const file = isWhole(gap)
    ? null
    : writePrivate(context, nameOf(origin, clock.now()), writeGapSql(gap, origin));
  const url =
    (runbook.environments[env]?.database?.directUrl ?? runbook.environments[env]?.database?.url) ||
    '$DATABASE_URL';
  return {
    exitCode: EXIT.ok,
    result: asJson(gap, origin, file),
    text: `${sayGap(gap, origin)}${file === null ? '' : `\n${sayFile(file)}`}`,
    next: file === null ? [] : [`psql "${url}" -v ON_ERROR_STOP=1 -f '${file}'`],
    warnings: [],
    env,
    run,
    sandbox: runbook.sandbox,
  };
}
