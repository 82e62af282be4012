import { defineCheck, type Facts, ReleaseError } from '../../src/kit.ts';

interface SmokeSeen {
  readonly call: string;
  readonly endpoints: readonly {
    readonly id: string;
    readonly state: string;
    readonly said: string;
    readonly endpoint: string;
  }[];
}

function readReport(facts: Facts): SmokeSeen {
  const report = facts.smoke as unknown as SmokeSeen | undefined;
  if (report !== undefined) return report;
  throw new ReleaseError('E_NO_SMOKE', {
    what: 'No smoke test has run in this release.',
    next: 'release smoke',
    state: 'untouched',
  });
}

/** Decision 2 rests on the smoke tests alone: there is no traffic yet whose errors could be counted (E-08). */
export default defineCheck({
  id: 'app.smoke',
  title: 'Smoke tests passed',
  runbook: ['DP-2b', 'SMK-00'],
  gates: ['smoke', 'rollback-verify'],
  needs: [],
  probe: async (_services, { facts }) => readReport(facts),
  judge: ({ call, endpoints }) => {
    const bad = endpoints.filter((one) => one.state === 'fail' || one.state === 'unknown');
    if (call === 'go')
      return {
        outcome: 'pass',
        said: `as expected: ${endpoints.filter((e) => e.state !== 'skip').length} endpoints`,
      };
    const said = bad.map((one) => `${one.endpoint}: ${one.said}`).join('; ') || 'nothing was asked';
    if (call === 'hold')
      return {
        outcome: 'fail',
        holds: true,
        said,
        remedy: 'Measure again with release deploy --resume; not proven is no failure, and no pass.',
      };
    return {
      outcome: 'fail',
      said,
      remedy: 'Roll back, or mend what is wrong and run release deploy --resume.',
    };
  },
});
