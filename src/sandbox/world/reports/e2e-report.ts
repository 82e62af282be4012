import type { Reported } from './write-reports.ts';

interface Scenario {
  readonly title: string;
  readonly tags?: readonly string[];
  /** In this browser it passed at the second try. */
  readonly isFlakyIn?: string;
}

const SCENARIOS: readonly Scenario[] = [
  { title: 'a user logs in and out', tags: ['login'] },
  { title: 'a wrong password is refused', tags: ['login'] },
  { title: 'an assessment is created and found again', tags: ['create'] },
  { title: 'a due date is set and kept' },
  { title: 'questions keep their order' },
  { title: 'evidence is uploaded and opened' },
  { title: 'a report is exported as PDF', isFlakyIn: 'webkit' },
  { title: 'an urgent export is made first' },
  { title: 'a subscription is paid by card', tags: ['pay'] },
  { title: 'a declined card is told' },
  { title: 'a webhook that comes twice counts once', tags: ['pay'] },
  { title: 'an admin sees the health of the database' },
];

const BROWSERS = ['chromium', 'webkit'];
const PAYING = 'a subscription is paid by card';

type State = 'passed' | 'failed' | 'timedOut';

function statesOf(
  { title, isFlakyIn }: Scenario,
  browser: string,
  isPayingBroken: boolean,
): readonly State[] {
  if (isPayingBroken && title === PAYING) return ['timedOut', 'failed'];
  return isFlakyIn === browser ? ['failed', 'passed'] : ['passed'];
}

const outcomeOf = (states: readonly State[]): 'expected' | 'unexpected' | 'flaky' => {
  if (states.at(-1) !== 'passed') return 'unexpected';
  return states.length > 1 ? 'flaky' : 'expected';
};

const sayTest = (states: readonly State[], browser: string, startTime: string) => ({
  expectedStatus: 'passed',
  projectId: browser,
  projectName: browser,
  results: states.map((status, retry) => ({ status, retry, duration: 1_400, startTime, errors: [] })),
  status: outcomeOf(states),
});

/** What Playwright's JSON reporter writes about the scenarios of RuR2, with the commit that was tested. */
export function makeE2eReport({ commit, at }: Reported, isPayingBroken: boolean): object {
  const startTime = at.toISOString();
  const ran = SCENARIOS.map((scenario) => ({
    scenario,
    tries: BROWSERS.map((browser) => ({ browser, states: statesOf(scenario, browser, isPayingBroken) })),
  }));
  const outcomes = ran.flatMap(({ tries }) => tries.map(({ states }) => outcomeOf(states)));
  const count = (wanted: string): number => outcomes.filter((one) => one === wanted).length;
  const specs = ran.map(({ scenario, tries }, i) => ({
    title: scenario.title,
    ok: tries.every(({ states }) => outcomeOf(states) !== 'unexpected'),
    tags: scenario.tags ?? [],
    tests: tries.map(({ browser, states }) => sayTest(states, browser, startTime)),
    id: `rur2-${i}`,
    file: 'rur2.spec.ts',
    line: 10 + 8 * i,
    column: 3,
  }));
  const place = { file: 'rur2.spec.ts', line: 0, column: 0 };
  return {
    config: { metadata: { gitCommit: { hash: commit, shortHash: commit.slice(0, 7) } } },
    suites: [{ title: 'rur2.spec.ts', ...place, specs: [], suites: [{ title: 'RuR2', ...place, specs }] }],
    errors: [],
    stats: {
      startTime,
      duration: 48_000,
      expected: count('expected'),
      skipped: 0,
      unexpected: count('unexpected'),
      flaky: count('flaky'),
    },
  };
}
