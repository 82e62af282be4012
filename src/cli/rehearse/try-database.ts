import { plural } from '../../domain/plural.ts';
import { nameRehearsal, REHEARSAL_LIFE_MS } from '../../domain/rehearsal-branch.ts';
import { clearLeftovers, readMigrations, rehearsalOrder, tryWayBack, type WayBackTrial } from '../../kit.ts';
import type { Wired } from '../wired.ts';
import { findExpected } from './find-expected.ts';
import type { RehearsedWay } from './read-way.ts';
import { asTried, type Tried } from './time-part.ts';

/** What the branch showed, and how long each entry of the plan took on it (ms). */
export interface TriedDatabase {
  readonly tried: Tried;
  readonly times: ReadonlyMap<string, number>;
}

const NO_TIMES: ReadonlyMap<string, number> = new Map();
const untimed = (tried: Tried): TriedDatabase => ({ tried, times: NO_TIMES });

const NO_BRANCH: Tried = {
  outcome: 'unknown',
  said: 'no branch of the database can be made: Neon is not configured for this environment',
  remedy: 'Try the scripts on a copy of your own, and read them with the team.',
};

/** What needs no branch, with its answer. */
function withoutBranch(wired: Wired, { ends, facts, files, barred }: RehearsedWay): Tried | undefined {
  const { from } = ends;
  const to = ends.to.version;
  if (barred !== undefined) return asTried(barred);
  const { configured, runbook } = wired;
  if (facts.data.kind === 'none' && files.extra.length === 0) {
    const isAsked = runbook.migrations !== undefined && configured.has('postgres');
    const why = isAsked ? `no migration lies between ${to} and ${from}` : 'no migrations are configured';
    return { outcome: 'ok', said: `${why}: the database stays as it is` };
  }
  if (facts.data.kind === 'none')
    return {
      outcome: 'unknown',
      said: `the schema of ${from} stays, and whether ${to} can live with it was tried by nobody`,
      remedy: 'Run the tests of the earlier version on the newer schema, or rehearse with --db down.',
    };
  return configured.has('neon') && runbook.migrations !== undefined ? undefined : NO_BRANCH;
}

function sayGone({ facts, files }: RehearsedWay, { asked }: WayBackTrial): string {
  const { data } = facts;
  const up = files.pending.length === 0 ? '' : `${plural(files.pending.length, 'migration')} applied, then `;
  if (data.kind === 'restore')
    return `${up}restored to ${data.lsn} on a branch; schema and journal are those of ${facts.to}`;
  const tags = data.kind === 'down' ? [...data.tags].reverse().join(', ') : '';
  return `${up}${tags} taken back on a branch; schema and journal are those of ${facts.to}, ${plural(asked, 'data check')} hold`;
}

function judge(way: RehearsedWay, trial: WayBackTrial): Tried {
  const { problems, unknown } = trial;
  if (problems.length > 0)
    return {
      outcome: 'not',
      said: problems.join('; '),
      remedy: `Correct the scripts in the release branch, or rehearse the other way: --db ${way.facts.data.kind === 'restore' ? 'down' : 'restore'}.`,
    };
  if (unknown.length > 0)
    return {
      outcome: 'unknown',
      said: unknown.join('; '),
      remedy: 'Rehearse before the deploy, when the schema of the earlier version is there to compare with.',
    };
  return { outcome: 'ok', said: sayGone(way, trial) };
}

/** Read from the commit that the plan names, as the rollback itself does (E-88). */
async function readBack({ services, runbook }: Wired, { facts: { data } }: RehearsedWay) {
  if (data.kind !== 'down' || runbook.migrations === undefined) return [];
  const files = await readMigrations(services.git, data.commit, runbook.migrations);
  return files.filter(({ tag }) => data.tags.includes(tag));
}

/** The way back of the data, carried out on a branch of the environment's database that lives as long as this. */
export async function tryDatabase(
  wired: Wired,
  way: RehearsedWay,
  signal: AbortSignal,
): Promise<TriedDatabase> {
  const early = withoutBranch(wired, way);
  const settings = wired.runbook.migrations;
  if (early !== undefined || settings === undefined) return untimed(early ?? NO_BRANCH);
  const { services, env, clock, runbook } = wired;
  const { neon, postgres } = services;
  const { ends, facts, files } = way;
  const now = clock.now();
  const [expected, back] = await Promise.all([findExpected(wired, way), readBack(wired, way)]);
  const { left } = await clearLeftovers(neon, env, now);
  const name = nameRehearsal(`rollback-${ends.from}-to-${ends.to.version}`, now);
  const expiresAt = new Date(now.getTime() + REHEARSAL_LIFE_MS).toISOString();
  const branch = { name, role: postgres.migrationRole(env), expiresAt, signal };
  const { data } = facts;
  const trial = await neon.withTrialBranch(env, branch, (url, { restoreTo }) =>
    postgres.withCopy(env, url, signal, (copy) =>
      tryWayBack(copy, {
        pending: files.pending,
        back,
        ...(data.kind === 'restore' ? { restore: () => restoreTo(data.lsn) } : {}),
        order: rehearsalOrder(settings),
        queries: runbook.integrity,
        expected,
        foreign: new Set(files.extra.flatMap(({ hash, tag }) => [hash, tag])),
        clock,
      }),
    ),
  );
  const tried = judge(way, trial);
  const notTried =
    left.length === 0 ? [] : [`what killed rehearsals left cannot be deleted: ${left.join(', ')}`];
  return { tried: { ...tried, notTried }, times: trial.times };
}
