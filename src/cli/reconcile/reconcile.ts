import { basename } from 'node:path';
import { isReleaseError, ReleaseError } from '../../domain/failure.ts';
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
import { whyHoldChanges } from './hold-changes.ts';
import { refuseWithout } from './refuse-without.ts';
import { type Private, writePrivate } from './write-private.ts';

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
const asJson = (gap: Gap, origin: GapOrigin, file: Private | null): JsonObject => ({
  env: origin.env,
  run: origin.run,
  keptAs: origin.keptAs,
  at: origin.at,
  holdsChanges: origin.holdsChanges ?? null,
  ...countGap(gap),
  tables: gap.tables.map(({ name, lost, changed, deleted, conflicts, leftOut, written }) => ({
    name,
    written,
    lost: lost.length,
    changed: changed.length,
    deleted: deleted.length,
    conflicts: conflicts.length,
    columnsLeftOut: leftOut,
  })),
  uncompared: gap.uncompared.map(({ name, rows, why }) => ({ name, rows: rows ?? null, why })),
  since: gap.since.map((one) => ({ ...one })),
  sequences: gap.sequences.map(({ name, to }) => ({ name, to })),
  unreadSequences: gap.unreadSequences,
  file: file?.path ?? null,
  sha256: file?.sha256 ?? null,
});

const nameOf = ({ env, run }: GapOrigin, now: Date): string =>
  `reconcile-${env}-${run}-${now.toISOString().replace(/[-:]|\.\d+/g, '')}.sql`.replace(/[^\w.-]/g, '_');

/** False when all that is left is for a person: then the file is for reading alone. */
const bringsBack = (gap: Gap, { holdsChanges }: GapOrigin): boolean => {
  const { lost, changed } = countGap(gap);
  return lost + gap.sequences.length + (holdsChanges === undefined ? changed : 0) > 0;
};

const sayFile = ({ path, sha256 }: Private, gap: Gap, origin: GapOrigin): string =>
  [
    '',
    `  ${path}`,
    `  sha256 ${sha256}`,
    ...(bringsBack(gap, origin)
      ? [
          '  It holds data of your users. Read it, apply it, delete it: one transaction;',
          '  a second run is refused. What is for a person stands below commit.',
        ]
      : [
          '  There is nothing to apply. What is left is for a person to decide: it stands',
          '  in the file as comments. It may hold data of your users.',
        ]),
  ].join('\n');

// An error's text quotes rows: with VERBOSITY=sqlstate psql prints its code alone.
const psqlLine = (url: string, path: string): string =>
  `psql "${url}" -X -q -v ON_ERROR_STOP=1 -v VERBOSITY=sqlstate -f '${path.replaceAll("'", `'\\''`)}'`;

/** How the file is applied; where Stripe is, also what its events would bring in again. */
function waysOn(
  path: string,
  gap: Gap,
  origin: GapOrigin,
  { environment: { database }, configured, env }: Wired,
): string[] {
  const url = database?.directUrl ?? database?.url ?? '$DATABASE_URL';
  return [
    ...(bringsBack(gap, origin) ? [psqlLine(url, path)] : []),
    ...(configured.has('stripe') ? [`release rollback --replay-events --env ${env} --plan`] : []),
  ];
}

/**
 * Notes what was found, which a letter to customers rests on (E-86), and that rows left the database: numbers and the
 * digest alone. What stopped that is returned as a warning.
 */
async function noteFound(
  file: Private | null,
  gap: Gap,
  { run }: GapOrigin,
  { ledger, scope, clock }: Wired,
): Promise<readonly string[]> {
  const now = clock.now().toISOString();
  const found = { ...countGap(gap), whole: isWhole(gap), comparedAt: now };
  const facts = [
    { name: 'reconciliation', id: `${run}:reconciliation:${now}`, value: found },
    ...(file === null ? [] : [exportOf(file, gap, run)]),
  ];
  try {
    for (const { id, name, value } of facts)
      await ledger.note(scope, { id, run, type: 'fact', data: { name, value } });
    return [];
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return [`The ledger does not know of this comparison: ${error.text.what}`];
  }
}

function exportOf({ sha256, path }: Private, gap: Gap, run: string) {
  const name = `reconciled:${basename(path)}`;
  return { name, id: `${run}:${name}`, value: { ...countGap(gap), sha256 } };
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
  const { ledger, scope, env } = wired;
  const runs = foldRuns(await ledger.read(scope));
  const restored = await findRestored(runs, wanted, wired);
  refuseWithout(NEEDS, wired);
  const gap = await readGap(restored, wired);
  const { run, keptAs, point } = restored;
  const holdsChanges = whyHoldChanges(runs, restored);
  const origin = { env, run, keptAs, at: point.at, ...(holdsChanges === undefined ? {} : { holdsChanges }) };
  const name = nameOf(origin, wired.clock.now());
  const file = isWhole(gap) ? null : writePrivate(context, name, writeGapSql(gap, origin, name));
  return {
    exitCode: EXIT.ok,
    result: asJson(gap, origin, file),
    text: `${sayGap(gap, origin)}${file === null ? '' : `\n${sayFile(file, gap, origin)}`}`,
    next: file === null ? [] : waysOn(file.path, gap, origin, wired),
    warnings: await noteFound(file, gap, origin, wired),
    env,
    run,
    sandbox: wired.runbook.sandbox,
  };
}
