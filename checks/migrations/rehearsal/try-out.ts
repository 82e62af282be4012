import { type Catalogue, compareCatalogues, sayCatalogueDifference } from '../../../src/domain/catalogue.ts';
import { isReleaseError } from '../../../src/domain/failure.ts';
import type { MeasuredMigration } from '../../../src/domain/measured-migration.ts';
import { withoutStop } from '../../../src/domain/screen-text.ts';
import {
  askIntegrity,
  type Baseline,
  established,
  isItsFault,
  type Runbook,
  readBaseline,
  readerOfCopy,
} from '../../../src/kit.ts';
import type { DatabaseCopy, MigrationFile, MigrationOrder } from '../../../src/services/postgres/port.ts';
import { brokenOf, type Problem, type Trial, type TriedFile } from './trial.ts';

const MOST_TOLD = 3;

/** Where a rehearsal takes place. */
interface Stage {
  readonly copy: DatabaseCopy;
  readonly order: MigrationOrder;
  readonly queries: Runbook['integrity'];
  readonly baseline: Baseline;
}

/** A file that ran, or what it did wrong. */
type Ran = { readonly measured: MeasuredMigration } | { readonly problem: Problem };

async function run(stage: Problem['stage'], act: () => Promise<MeasuredMigration>): Promise<Ran> {
  try {
    return { measured: await act() };
  } catch (error) {
    if (!isItsFault(error)) throw error;
    return { problem: { stage, said: withoutStop(error.text.what) } };
  }
}

function sayDifferences(
  stage: Problem['stage'],
  tag: string,
  [is, should]: readonly [Catalogue, Catalogue],
): readonly Problem[] {
  const names =
    stage === 'down'
      ? { left: 'the schema after its rollback', right: 'the schema before it' }
      : { left: 'the second schema', right: 'the first' };
  const told = compareCatalogues(is, should).map((one) => sayCatalogueDifference(one, names));
  const more = told.length > MOST_TOLD ? ` and ${told.length - MOST_TOLD} more` : '';
  return told.length === 0 ? [] : [{ stage, said: `${tag}: ${told.slice(0, MOST_TOLD).join('; ')}${more}` }];
}

async function countTouched(
  copy: DatabaseCopy,
  { tables }: MeasuredMigration,
): Promise<Readonly<Record<string, number>>> {
  try {
    const counted = await copy.countRows(tables.map(({ table }) => table));
    return Object.fromEntries(counted.map(({ table, rows }) => [table, rows]));
  } catch (error) {
    if (isReleaseError(error, 'E_DB_TIMEOUT')) return {};
    throw error;
  }
}

const ASK_AGAIN = 'Then release preflight --only migrations.rehearsal asks again.';

const askData = async ({ copy, queries, baseline }: Stage, when: string): Promise<readonly Problem[]> =>
  brokenOf(established(await askIntegrity(queries, baseline, readerOfCopy(copy)), ASK_AGAIN), when);

const hasScript = ({ rollbackSql = '' }: MigrationFile): boolean =>
  rollbackSql.replace(/--.*$/gm, '').trim() !== '';

/** The files that can be taken back: those after the last one without a script. */
export const reversibleOf = (files: readonly MigrationFile[]): readonly MigrationFile[] =>
  files.slice(files.findLastIndex((file) => !hasScript(file)) + 1);

interface Up {
  readonly tried: readonly TriedFile[];
  /** The schema before the first file, and after each. */
  readonly shapes: readonly Catalogue[];
  readonly problems: readonly Problem[];
}

async function goUp({ copy, order }: Stage, files: readonly MigrationFile[]): Promise<Up> {
  const tried: TriedFile[] = [];
  const shapes = [await copy.catalogue()];
  for (const file of files) {
    const ran = await run('up', () => copy.apply(file, order));
    if ('problem' in ran) return { tried, shapes, problems: [ran.problem] };
    const rows = await countTouched(copy, ran.measured);
    tried.push({ tag: file.tag, first: ran.measured, rows });
    shapes.push(await copy.catalogue());
  }
  return { tried, shapes, problems: [] };
}

/** Takes files back, the newest first; `before` is the schema that each was applied to. */
async function goDown(
  { copy, order }: Stage,
  steps: readonly { readonly file: MigrationFile; readonly before: Catalogue }[],
): Promise<readonly Problem[]> {
  for (const { file, before } of [...steps].reverse()) {
    const ran = await run('down', () => copy.revert(file, order));
    if ('problem' in ran) return [ran.problem];
    const wrong = sayDifferences('down', file.tag, [await copy.catalogue(), before]);
    if (wrong.length > 0) return wrong;
  }
  return [];
}

interface Again {
  readonly measured: ReadonlyMap<string, MeasuredMigration>;
  readonly problems: readonly Problem[];
}

async function goUpAgain(
  { copy, order }: Stage,
  files: readonly MigrationFile[],
  after: Catalogue,
): Promise<Again> {
  const measured = new Map<string, MeasuredMigration>();
  for (const file of files) {
    const ran = await run('again', () => copy.apply(file, order));
    if ('problem' in ran) return { measured, problems: [ran.problem] };
    measured.set(file.tag, ran.measured);
  }
  const last = files.at(-1);
  if (last === undefined) return { measured, problems: [] };
  return { measured, problems: sayDifferences('again', last.tag, [await copy.catalogue(), after]) };
}

const withAgain = (tried: readonly TriedFile[], { measured }: Again): readonly TriedFile[] =>
  tried.map((file) => {
    const again = measured.get(file.tag);
    return again === undefined ? file : { ...file, again };
  });

/** Down and up again what can be; stops at the first thing that is wrong. */
async function goBackAndForth(stage: Stage, files: readonly MigrationFile[], up: Up): Promise<Again> {
  const nothing = new Map<string, MeasuredMigration>();
  const back = reversibleOf(files);
  const skipped = files.length - back.length;
  const steps = back.flatMap((file, at) => {
    const before = up.shapes[skipped + at];
    return before === undefined ? [] : [{ file, before }];
  });
  const down = await goDown(stage, steps);
  if (down.length > 0) return { measured: nothing, problems: down };
  const data = back.length === 0 ? [] : await askData(stage, 'after the rollback scripts');
  const after = up.shapes.at(-1);
  if (data.length > 0 || after === undefined) return { measured: nothing, problems: data };
  return goUpAgain(stage, back, after);
}

/**
 * Tries pending files out on a copy: up, the integrity queries, down by their scripts, up again (E-51, E-52). What a
 * file does wrong is a problem of the trial; what keeps the trial itself from an answer is thrown. `keep` keeps a schema
 * and answers its fingerprint.
 */
export async function tryOut(
  copy: DatabaseCopy,
  files: readonly MigrationFile[],
  order: MigrationOrder,
  queries: Runbook['integrity'],
  keep: (schema: Catalogue) => Promise<string>,
): Promise<Trial> {
  const baseline = await readBaseline(queries, readerOfCopy(copy));
  const stage: Stage = { copy, order, queries, baseline };
  const up = await goUp(stage, files);
  const before = await keep(up.shapes[0] ?? { items: [] });
  const oneWay = files.slice(0, files.length - reversibleOf(files).length).map(({ tag }) => tag);
  if (up.problems.length > 0) return { files: up.tried, problems: up.problems, oneWay, before };
  const after = await keep(up.shapes.at(-1) ?? { items: [] });
  const data = await askData(stage, 'after the migration');
  if (data.length > 0) return { files: up.tried, problems: data, oneWay, before, after };
  const again = await goBackAndForth(stage, files, up);
  return { files: withAgain(up.tried, again), problems: again.problems, oneWay, before, after };
}
