import { judgeLikeness } from '../../src/domain/go-no-go/judge-likeness.ts';
import { judgeByRule } from '../../src/domain/go-no-go/rule-answer.ts';
import type { Json } from '../../src/domain/json.ts';
import { type Comparison, compareSides, type ParityRules } from '../../src/domain/parity/compare-sides.ts';
import { findTouched } from '../../src/domain/parity/find-touched.ts';
import { makeEvidence } from '../../src/domain/parity/make-evidence.ts';
import { sayUnacceptable } from '../../src/domain/parity/say-unacceptable.ts';
import { plural } from '../../src/domain/plural.ts';
import { findRehearsed } from '../../src/kit/parity/find-rehearsed.ts';
import { readMentions } from '../../src/kit/parity/read-mentions.ts';
import { type ReadSide, readSide } from '../../src/kit/parity/read-side.ts';
import { readStatements } from '../../src/kit/parity/read-statements.ts';
import {
  type CheckSpec,
  defineCheck,
  findPending,
  type Judgement,
  type Policy,
  ReleaseError,
} from '../../src/kit.ts';
import { readBoth } from './read-both.ts';

/** The environment that a candidate lives in before production. */
export const STAGING = 'staging';

/** What a run of the comparison may ask for besides the configuration. */
export interface LikenessOrder {
  /** The first is held against the second. Default: staging, and the environment in question. */
  readonly between?: readonly [string, string];
  readonly ignore?: readonly string[];
}

/** What was compared, and with which rules. */
export interface Seen {
  readonly comparison: Comparison;
  readonly between: readonly [string, string];
  readonly weights: ParityRules['weights'];
}

const pairOf = ({ env }: Policy, { between }: LikenessOrder): readonly [string, string] =>
  between ?? [STAGING, env];

function whyAbsent(policy: Policy, order: LikenessOrder): string | undefined {
  const [left, right] = pairOf(policy, order);
  if (left === right) return `${right} is what production is compared with`;
  const { environments } = policy.runbook;
  const [one, other] = [environments[left], environments[right]];
  if (one === undefined || other === undefined) return `there is no environment ${one ? right : left}`;
  const isBare = [one, other].some(
    ({ health, database }) => health.api === undefined || database === undefined,
  );
  return isBare ? `health.api and database are not configured for both ${left} and ${right}` : undefined;
}

const notTheCandidate = (side: ReadSide, wanted: string): ReleaseError =>
  new ReleaseError('E_NOT_CANDIDATE', {
    what: `${side.env} runs ${side.code.commit.slice(0, 7)}, and this release is ${wanted.slice(0, 7)}.`,
    why: 'The likeness of another candidate says nothing about this one.',
    next: `Publish the candidate on ${side.env}, then ask again.`,
    state: 'untouched',
  });

const isSame = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);

const MOST_NAMED = 3;
const BY_NAME = ' (the schema by name only: no rehearsal of it is on record here)';

function sayDifferences({ areas }: Comparison): string {
  const all = areas.flatMap(({ differences }) => differences.map(({ said }) => said));
  const named = all.slice(0, MOST_NAMED).join(' · ');
  return all.length > MOST_NAMED ? `${named} · ${all.length - MOST_NAMED} more` : named;
}

function sayGood({ areas, warnings }: Comparison): string {
  const expected = areas.reduce((sum, area) => sum + area.expected.length, 0);
  const how = areas.some(({ byName }) => byName === true) ? BY_NAME : '';
  const brought = expected === 0 ? '' : `; ${plural(expected, 'difference')} that the release brings${how}`;
  return `${brought}${warnings.length === 0 ? '' : ` · ${warnings.join(' · ')}`}`;
}

/** One verdict for every input: the rule of docs/go-no-go.md, with the differences named. */
function judgeSeen(seen: Seen, policy: Policy): Judgement {
  const { comparison } = seen;
  const { percent, unacceptable, areas, warnings } = comparison;
  const judged = judgeByRule(
    judgeLikeness({ percent, unacceptable: unacceptable.length }, policy.thresholds.parity),
  );
  const { between, weights } = seen;
  const bounds = policy.thresholds.parity;
  const evidence = makeEvidence(comparison, between, weights, bounds) as unknown as Json;
  const isClean = areas.every(({ differences }) => differences.length === 0);
  const remedy = 'release parity shows every difference; bring the two environments together.';
  if (judged.outcome !== 'pass') {
    const said = `${judged.said}: ${sayUnacceptable(unacceptable)}${sayDifferences(comparison)}`;
    return { ...judged, said, remedy, evidence };
  }
  const isQuiet = isClean && warnings.length === 0;
  const said = `${judged.said}${isClean ? '' : `: ${sayDifferences(comparison)}`}${sayGood(comparison)}`;
  return { outcome: isQuiet ? 'pass' : 'warn', said, evidence, ...(isQuiet ? {} : { remedy }) };
}

/** The same promise for everybody who asks. */
function onlyOnce(work: () => Promise<void>): () => Promise<void> {
  let working: Promise<void> | undefined;
  return () => {
    working ??= work();
    return working;
  };
}

/** Staging against production, without what the release itself changes. */
export const makeLikeness = (
  order: LikenessOrder,
): CheckSpec<'app' | 'archive' | 'git' | 'postgres' | 'sql', Seen> =>
  defineCheck<'app' | 'archive' | 'git' | 'postgres' | 'sql', Seen>({
    id: 'parity.likeness',
    title: 'Staging is like production, but for what the release brings',
    runbook: ['PRE-28', 'GO-05', 'NG-07', 'PAR-02', 'PAR-03', 'PAR-04', 'PAR-05', 'HOP-14'],
    gates: ['parity', 'preflight'],
    releaseOnly: true,
    needs: ['app', 'archive', 'git', 'postgres', 'sql'],
    timeoutMs: 20_000,
    absent: (policy) => whyAbsent(policy, order),
    probe: async (services, scope) => {
      const between = pairOf(scope, order);
      const { runbook, release, signal } = scope;
      const synced = onlyOnce(async () => {
        await services.git.sync();
        // The databases answer last of all; until then nothing else is waited for.
        services.sql.makeReady().catch(() => undefined);
      });
      const read = (env: string) => readSide(services, { env, runbook, signal, synced });
      const [left, right] = await readMentions(services.git, await readBoth(between, read));
      if (release?.commit !== undefined && !isSame(left.code.commit, release.commit))
        throw notTheCandidate(left, release.commit);
      const pending = findPending(left.code.migrations, right.applied);
      const touches = findTouched(await readStatements(services.sql, pending));
      const { weights, ignore } = scope.thresholds.parity;
      const rules = {
        weights,
        ignore: [...ignore, ...(order.ignore ?? [])],
        required: runbook.environments[right.env]?.requiredKeys ?? [],
      };
      const wanted = { env: right.env, commit: left.code.commit, now: right.catalogue };
      const rehearsed =
        pending.length === 0 ? undefined : await findRehearsed(services.archive, scope.facts, wanted);
      return { comparison: compareSides(left, right, touches, rules, rehearsed), between, weights };
    },
    judge: judgeSeen,
  });
