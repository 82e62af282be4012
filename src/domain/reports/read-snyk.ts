import * as z from 'zod';
import { oneLine } from '../screen-text.ts';
import { flawed, type Parsed, parsed } from './parsed.ts';
import { readShape } from './read-shape.ts';
import type { ScanReport, Severity, Weakness } from './weakness.ts';

// Shapes are made when an answer is there: most commands never meet most of them.
const vulnerabilityShape = z.lazy(() =>
  z.object({
    id: z.string(),
    title: z.string().default(''),
    severity: z.enum(['low', 'medium', 'high', 'critical']),
    cvssScore: z.number().min(0).max(10).nullish(),
    packageName: z.string().default(''),
    identifiers: z
      .object({ CVE: z.array(z.string()).default([]), GHSA: z.array(z.string()).default([]) })
      .default({ CVE: [], GHSA: [] }),
    fixedIn: z.array(z.string()).default([]),
  }),
);
const projectShape = z.lazy(() =>
  z.object({
    ok: z.boolean(),
    dependencyCount: z.number(),
    vulnerabilities: z.array(vulnerabilityShape),
  }),
);

type Project = z.infer<typeof projectShape>;
type Vulnerability = z.infer<typeof vulnerabilityShape>;

const SEVERITY: Readonly<Record<Vulnerability['severity'], Severity>> = {
  low: 'low',
  medium: 'moderate',
  high: 'high',
  critical: 'critical',
};

const sayFix = ([first]: readonly string[]): string =>
  first === undefined ? 'no fix is published' : `update to ${oneLine(first, 40)}`;

const toWeakness = (theirs: Vulnerability): Weakness => ({
  ids: [theirs.id, ...theirs.identifiers.CVE, ...theirs.identifiers.GHSA].map((id) => oneLine(id, 80)),
  where: oneLine(theirs.packageName, 80),
  title: oneLine(theirs.title, 160),
  severity: SEVERITY[theirs.severity],
  ...(typeof theirs.cvssScore === 'number' ? { score: theirs.cvssScore } : {}),
  isDevOnly: false,
  fix: sayFix(theirs.fixedIn),
});

/** One way in which a project proves nothing. */
function findFlaw({ ok, dependencyCount, vulnerabilities }: Project): string | undefined {
  if (dependencyCount === 0) return 'nothing was scanned: it counts no package';
  return !ok && vulnerabilities.length === 0
    ? 'it says that something is wrong, and shows nothing'
    : undefined;
}

const isRefusal = (one: unknown): boolean =>
  typeof one === 'object' && one !== null && 'error' in one && !('vulnerabilities' in one);

/** Snyk lists a weakness once for each way to it; it is one finding. */
function listWeaknesses(projects: readonly Project[]): readonly Weakness[] {
  const found = new Map<string, Weakness>();
  for (const one of projects.flatMap(({ vulnerabilities }) => vulnerabilities))
    found.set(`${one.id} ${one.packageName}`, toWeakness(one));
  return [...found.values()];
}

/** What `snyk test --json` wrote: one project, or a list of them (--all-projects). */
export function readSnyk(value: unknown): Parsed<ScanReport> {
  const all = Array.isArray(value) ? value : [value];
  if (all.length === 0) return flawed('it holds no project');
  if (all.some(isRefusal)) return flawed('Snyk could not test, and says so in it');
  const read = readShape(all, z.array(projectShape), 'report of Snyk');
  if (!read.ok) return read;
  const flaw = read.report.map(findFlaw).find((one) => one !== undefined);
  return flaw === undefined ? parsed({ weaknesses: listWeaknesses(read.report) }) : flawed(flaw);
}
