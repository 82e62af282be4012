import { ReleaseError } from '../../../domain/failure.ts';
import { brokenIntegrity } from '../../../domain/integrity.ts';
import { LOOK_BACK_MS } from '../../../domain/watch/counts.ts';
import { Latencies } from '../../../domain/watch/latencies.ts';
import type { Sampler } from '../../../engine/watch/sampler.ts';
import { askIntegrity, baselineOf, established, readerOf } from '../../../kit.ts';
import type { SourceWorld } from './source-world.ts';

/** Timed questions of our own and the share of connections in use (MON-04, MON-10, SUC-04): a database tells no P95. */
export function makeDatabase(name: string, everyMs: number, { wired, now }: SourceWorld): Sampler {
  const { services, env } = wired;
  const times = new Latencies();
  let turn = 0;
  return {
    name,
    everyMs,
    metrics: ['query-p95-ms', 'pool-percent'],
    mostTimes: Math.floor(LOOK_BACK_MS / everyMs),
    startOver: () => {
      turn += 1;
      times.clear();
    },
    sample: async () => {
      const asked = turn;
      const { latencyMs } = await services.postgres.ping(env).catch((error: unknown) => {
        // Not told now, and not left out of what is told when it answers again.
        if (asked === turn) times.add(now(), Number.POSITIVE_INFINITY);
        throw error;
      });
      if (asked !== turn) return [];
      times.add(now(), latencyMs);
      const { used, limit } = await services.postgres.poolUsage(env);
      const from = { series: 'all', source: name };
      return [
        { ...from, metric: 'query-p95-ms', ...times.quantile(0.95, now()) },
        { ...from, metric: 'pool-percent', value: (used / limit) * 100 },
      ];
    },
  };
}

const noBaseline = (): ReleaseError =>
  new ReleaseError('E_NO_BASELINE', {
    what: 'No run on record has left numbers of the data to compare with.',
    why: 'They are taken before a change; without them nobody can say whether a row is missing.',
    next: 'Look at the tables by hand; the next release deploy counts them.',
    state: 'untouched',
  });

const nothingToAsk = (): ReleaseError =>
  new ReleaseError('E_NOT_CONFIGURED', {
    what: 'No integrity query can be asked again hours after a release.',
    why: 'Growth within percents says nothing by then, and no answer is not zero violations.',
    next: 'Describe one with expect: not-fewer under integrity, or leave out the source.',
    state: 'untouched',
  });

const ASKS_AGAIN = 'The watch asks again by itself.';

/**
 * The integrity queries again, against the baseline of the deploy (EXT-05, RBC-P0-3, DAT rows). How much a table grows
 * says nothing hours later: only what is lost or broken counts. A question without an answer leaves the source silent,
 * unless another one shows a violation.
 */
export function makeIntegrity(name: string, everyMs: number, { wired, facts }: SourceWorld): Sampler {
  const { services, env, runbook } = wired;
  const before = baselineOf(facts.baseline);
  const queries = runbook.integrity.filter(({ expect }) => expect !== 'within-percent');
  const how = { usersAreIn: true, countsGuarded: false };
  const read = readerOf(services.postgres, env);
  return {
    name,
    everyMs,
    metrics: ['integrity-violations'],
    sample: async () => {
      if (queries.length === 0) throw nothingToAsk();
      if (before.at === undefined) throw noBaseline();
      const answers = established(await askIntegrity(queries, before, read, how), ASKS_AGAIN);
      const n = answers.filter(({ state }) => state !== 'not-judged').length;
      const value = brokenIntegrity(answers).length;
      return [{ metric: 'integrity-violations', series: 'all', source: name, value, n }];
    },
  };
}
