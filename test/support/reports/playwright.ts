type State = 'passed' | 'failed' | 'timedOut' | 'skipped' | 'interrupted';

interface ToldTest {
  readonly title: string;
  /** States of its tries, the last one last. None: it never began. */
  readonly tries: readonly State[];
  readonly expected?: State;
  readonly tags?: readonly string[];
  readonly projects?: readonly string[];
}

const outcomeOf = ({
  tries,
  expected = 'passed',
}: ToldTest): 'expected' | 'unexpected' | 'flaky' | 'skipped' => {
  const counted = tries.filter((state) => state !== 'interrupted');
  if (counted.length === 0 || counted.every((state) => state === 'skipped')) return 'skipped';
  if (counted.at(-1) !== expected) return 'unexpected';
  return counted.length > 1 ? 'flaky' : 'expected';
};

const sayTest = (test: ToldTest, projectName: string) => ({
  timeout: 30_000,
  annotations: [],
  expectedStatus: test.expected ?? 'passed',
  projectId: projectName,
  projectName,
  results: test.tries.map((status, retry) => ({
    workerIndex: 0,
    status,
    duration: 1200,
    errors: [],
    stdout: [],
    stderr: [],
    retry,
    startTime: '2026-11-24T12:00:01.000Z',
    attachments: [],
  })),
  status: outcomeOf(test),
});

/** A report as Playwright's JSON reporter writes it: one file, in it a suite with these tests. */
export function makePlaywright(
  tests: readonly ToldTest[],
  over: { readonly commit?: string; readonly startTime?: string; readonly errors?: readonly object[] } = {},
) {
  const projectsOf = ({ projects = ['chromium'] }: ToldTest): readonly string[] => projects;
  const outcomes = tests.flatMap((test) => projectsOf(test).map(() => outcomeOf(test)));
  const count = (wanted: string): number => outcomes.filter((one) => one === wanted).length;
  const metadata =
    over.commit === undefined ? {} : { gitCommit: { hash: over.commit, shortHash: over.commit.slice(0, 7) } };
  const specs = tests.map((test, i) => ({
    title: test.title,
    ok: outcomeOf(test) !== 'unexpected',
    tags: test.tags ?? [],
    tests: projectsOf(test).map((project) => sayTest(test, project)),
    id: `id-${i}`,
    file: 'rur2.spec.ts',
    line: i + 1,
    column: 3,
  }));
  return {
    config: { rootDir: '/app/e2e', version: '1.56.1', workers: 4, metadata },
    suites: [
      {
        title: 'rur2.spec.ts',
        file: 'rur2.spec.ts',
        column: 0,
        line: 0,
        specs: [],
        suites: [{ title: 'RuR2', file: 'rur2.spec.ts', line: 1, column: 1, specs }],
      },
    ],
    errors: over.errors ?? [],
    stats: {
      startTime: over.startTime ?? '2026-11-24T12:00:00.000Z',
      duration: 60_000,
      expected: count('expected'),
      skipped: count('skipped'),
      unexpected: count('unexpected'),
      flaky: count('flaky'),
    },
  };
}

/** `passed` good tests, the first three of which are the critical paths, and `failed` bad ones. */
export const makeMany = (passed: number, failed: number): readonly ToldTest[] => [
  ...Array.from({ length: passed }, (_, i) => ({
    title: `scenario ${i}`,
    tries: ['passed'] as const,
    tags: [['login'], ['create'], ['pay']][i] ?? [],
  })),
  ...Array.from({ length: failed }, (_, i) => ({ title: `broken ${i}`, tries: ['failed'] as const })),
];
