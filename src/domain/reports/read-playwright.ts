import * as z from 'zod';
import { oneLine } from '../screen-text.ts';
import { commitIn, momentIn } from './commit-in.ts';
import { flawed, type Parsed, parsed } from './parsed.ts';
import { readShape } from './read-shape.ts';
import { type E2eReport, type Scenario, tagsIn } from './scenario.ts';

const STATES = ['passed', 'failed', 'timedOut', 'skipped', 'interrupted'] as const;

// Shapes are made when an answer is there: most commands never meet most of them.
const testShape = z.lazy(() =>
  z.object({
    projectName: z.string().optional(),
    expectedStatus: z.enum(STATES),
    results: z.array(z.object({ status: z.enum(STATES).optional() })),
  }),
);
const specShape = z.lazy(() =>
  z.object({
    title: z.string(),
    tags: z.array(z.string()).default([]),
    tests: z.array(testShape),
  }),
);
const suiteShape = z.lazy(() =>
  z.object({
    title: z.string(),
    specs: z.array(specShape).default([]),
    suites: z.array(z.unknown()).default([]),
  }),
);
const shardShape = z.lazy(() =>
  z.object({
    current: z.number().int().min(1).max(1000),
    total: z.number().int().min(1).max(1000),
  }),
);
const reportShape = z.lazy(() =>
  z.object({
    config: z
      .object({ metadata: z.record(z.string(), z.unknown()).optional(), shard: shardShape.nullish() })
      .optional(),
    suites: z.array(z.unknown()),
    errors: z.array(z.unknown()).default([]),
    stats: z
      .object({
        startTime: z.string().optional(),
        expected: z.number(),
        skipped: z.number(),
        unexpected: z.number(),
        flaky: z.number(),
      })
      .optional(),
  }),
);

type TheirTest = z.infer<typeof testShape>;

/**
 * The outcome of one test with all its tries. Playwright's own word for a test that was interrupted, or that never
 * began because another failed, is "skipped"; only what was meant to be skipped is so here.
 */
function readOutcome({ expectedStatus, results }: TheirTest): Scenario['outcome'] {
  const last = results.at(-1)?.status;
  if (expectedStatus === 'skipped') return last === undefined || last === 'skipped' ? 'skipped' : 'failed';
  if (last !== expectedStatus || last === 'interrupted') return 'failed';
  return results.length > 1 ? 'flaky' : 'passed';
}

type Spec = z.infer<typeof specShape>;

const readSpec = ({ title, tags, tests }: Spec, suites: readonly string[]): Scenario[] =>
  tests.map((test) => {
    const parts = [test.projectName ?? '', ...suites, title].filter((part) => part !== '');
    const name = oneLine(parts.join(' › '), 300);
    const all = [...tags.map((tag) => `@${tag.replace(/^@/, '')}`.toLowerCase()), ...tagsIn(name)];
    return { name, tags: [...new Set(all)], outcome: readOutcome(test) };
  });

/** Suites lie in suites; a stack of our own, because a hostile report may be deeper than the program's. */
function readSuites(top: readonly unknown[]): Parsed<readonly Scenario[]> {
  const open = [...top].reverse().map((suite) => ({ suite, above: [] as readonly string[] }));
  const found: Scenario[] = [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const read = readShape(next.suite, suiteShape, 'report of Playwright');
    if (!read.ok) return read;
    const { title, specs, suites } = read.report;
    const here = [...next.above, title].slice(0, 50);
    found.push(...specs.flatMap((spec) => readSpec(spec, here)));
    open.push(...[...suites].reverse().map((suite) => ({ suite, above: here })));
  }
  return parsed(found);
}

/** Where Playwright (captureGitInfo), its older plugin or the owner's own metadata name the commit. */
function readCommit(metadata: Readonly<Record<string, unknown>> = {}): string | undefined {
  const { gitCommit, ci, commit } = metadata;
  const hash = (gitCommit as { hash?: unknown } | undefined)?.hash;
  const ciHash = (ci as { commitHash?: unknown } | undefined)?.commitHash;
  return commitIn([commit, hash, ciHash, metadata['revision.id']]);
}

/** What `playwright test --reporter=json` wrote. A run that broke outside of its tests proves nothing. */
export function readPlaywright(value: unknown): Parsed<E2eReport> {
  const read = readShape(value, reportShape, 'report of Playwright');
  if (!read.ok) return read;
  const { suites, errors, stats, config } = read.report;
  if (errors.length > 0) return flawed(`the run broke: ${errors.length} errors outside of its tests`);
  const scenarios = readSuites(suites);
  if (!scenarios.ok) return scenarios;
  const told = stats && stats.expected + stats.skipped + stats.unexpected + stats.flaky;
  if (told !== undefined && told !== scenarios.report.length)
    return flawed(`it counts ${told} tests and shows ${scenarios.report.length}`);
  const commit = readCommit(config?.metadata);
  const at = momentIn(stats?.startTime);
  const part = config?.shard ?? undefined;
  return parsed({
    scenarios: scenarios.report,
    ...(commit === undefined ? {} : { commit }),
    ...(at === undefined ? {} : { at }),
    ...(part === undefined ? {} : { part }),
  });
}
