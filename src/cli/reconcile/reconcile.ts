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
import type { Wired } from '../wired.ts';
import { findRestored, type Restored } from './find-restored.ts';
import { refuseWithout } from './refuse-without.ts';
import { writePrivate } from './write-private.ts';

const NEEDS: readonly ServiceName[] = ['neon', 'postgres'];

const keptGone = ({ keptAs, run }: Restored): ReleaseError =>
  new ReleaseError('E_KEPT_GONE', {
    what: `The branch ${keptAs}, in which run ${run} kept the state before its restore, is not there any more.`,
    why: 'Somebody deleted it, or gave it another name.',
    next: 'Give it its name back in the Neon console. If it is deleted, what the history still holds can be made a branch there.',
    state: 'untouched',
  });

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

/** False when all that is left is for a person: then the file is for reading alone. */
const bringsBack = (gap: Gap): boolean => {
  const { lost, changed } = countGap(gap);
  return lost + changed + gap.sequences.length > 0;
};

const sayFile = (path: string, gap: Gap): string =>
  [
    '',
    `  ${path}`,
    ...(bringsBack(gap)
      ? [
          '  It holds data of your users. Read it, apply it, delete it: one transaction,',
          '  and a second time changes nothing. What is for a person stands below commit.',
        ]
      : [
          '  There is nothing to apply. What is left is for a person to decide: it stands',
          '  in the file as comments. It may hold data of your users.',
        ]),
  ].join('\n');

/** How the file is applied; where Stripe is, also what its events would bring in again. */
function waysOn(file: string, gap: Gap, { environment: { database }, configured, env }: Wired): string[] {
  const url = database?.directUrl ?? database?.url ?? '$DATABASE_URL';
  return [
    ...(bringsBack(gap) ? [`psql "${url}" -v ON_ERROR_STOP=1 -f '${file}'`] : []),
    ...(configured.has('stripe') ? [`release rollback --replay-events --env ${env} --plan`] : []),
  ];
}

/**
 * `rollback --reconcile [run]`: what a restore took, against what is there now, and the SQL that brings it back (RBX-4C).
 * Reads both databases and writes one private file; applying it stays with a person.
 */
export async function reconcile(
  [wanted]: readonly string[],
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const { ledger, scope, env, clock } = wired;
  const restored = findRestored(foldRuns(await ledger.read(scope)), wanted, env);
  refuseWithout(NEEDS, wired);
  const gap = await readGap(restored, wired);
  const { run, keptAs, point } = restored;
  const origin = { env, run, keptAs, at: point.at };
  const file = isWhole(gap)
    ? null
    : writePrivate(context, nameOf(origin, clock.now()), writeGapSql(gap, origin));
  return {
    exitCode: EXIT.ok,
    result: asJson(gap, origin, file),
    text: `${sayGap(gap, origin)}${file === null ? '' : `\n${sayFile(file, gap)}`}`,
    next: file === null ? [] : waysOn(file, gap, wired),
    warnings: [],
    env,
    run,
    sandbox: wired.runbook.sandbox,
  };
}
