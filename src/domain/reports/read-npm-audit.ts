import * as z from 'zod';
import { oneLine } from '../screen-text.ts';
import { flawed, type Parsed, parsed, parseJson } from './parsed.ts';
import { readShape } from './read-shape.ts';
import { SEVERITIES, type Weakness } from './weakness.ts';

// Shapes are made when an answer is there: most commands never meet most of them.
const severity = z.enum(SEVERITIES);
const advisoryShape = z.lazy(() =>
  z.object({
    source: z.union([z.number(), z.string()]),
    name: z.string(),
    title: z.string().default(''),
    url: z.string().default(''),
    severity,
    cvss: z
      .object({ score: z.number().min(0).max(10) })
      .partial()
      .optional(),
  }),
);
const packageShape = z.lazy(() =>
  z.object({
    name: z.string(),
    severity,
    isDirect: z.boolean(),
    via: z.array(z.union([z.string(), advisoryShape])),
    nodes: z.array(z.string()).default([]),
    fixAvailable: z.union([
      z.boolean(),
      z.object({ name: z.string(), version: z.string(), isSemVerMajor: z.boolean().default(false) }),
    ]),
  }),
);
const reportShape = z.lazy(() =>
  z.object({
    auditReportVersion: z.literal(2),
    vulnerabilities: z.record(z.string(), packageShape),
    metadata: z.object({
      vulnerabilities: z.object({ total: z.number() }),
      dependencies: z.object({ total: z.number() }),
    }),
  }),
);

type TheirPackage = z.infer<typeof packageShape>;
type Advisory = z.infer<typeof advisoryShape>;

/** An advisory with the places of the packages that it is about. */
export interface AuditFinding extends Omit<Weakness, 'isDevOnly'> {
  /** As the lockfile calls them: `node_modules/a/node_modules/b`. */
  readonly nodes: readonly string[];
}

/** What `npm audit --json` says. It names neither a commit nor a time. */
export interface AuditReport {
  readonly findings: readonly AuditFinding[];
  readonly commit?: undefined;
  readonly at?: undefined;
}

function sayFix({ fixAvailable, isDirect }: TheirPackage): string {
  if (fixAvailable === false) return 'no fix is published';
  if (fixAvailable === true) return 'npm audit fix';
  const { name, version, isSemVerMajor } = fixAvailable;
  const target = `${oneLine(name, 80)}@${oneLine(version, 40)}`;
  const what = isDirect ? 'update to' : 'update by';
  return `${what} ${target}${isSemVerMajor ? ', a major version' : ''}`;
}

const GHSA = /GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}/i;

function toFinding(
  theirs: TheirPackage,
  { source, name, title, url, severity, cvss }: Advisory,
): AuditFinding {
  const ghsa = GHSA.exec(url)?.[0];
  // npm writes 0 where there is no score; a weakness that scores nothing is none.
  const score = cvss?.score === 0 ? undefined : cvss?.score;
  return {
    ids: [...(ghsa === undefined ? [] : [ghsa]), oneLine(String(source), 40)],
    where: oneLine(name, 80),
    title: oneLine(title, 160),
    severity,
    ...(score === undefined ? {} : { score }),
    nodes: theirs.nodes,
    fix: sayFix(theirs),
  };
}

/** An advisory is listed with each package that it comes through; it is one finding. */
const listFindings = (vulnerabilities: Readonly<Record<string, TheirPackage>>): readonly AuditFinding[] =>
  Object.values(vulnerabilities).flatMap((theirs) =>
    theirs.via
      .filter((one): one is Advisory => typeof one !== 'string')
      .map((advisory) => toFinding(theirs, advisory)),
  );

/** npm says why it could not audit in a document of its own, with exit code 1 like a report with findings. */
const isRefusal = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !('vulnerabilities' in value) &&
  ('error' in value || 'message' in value);

type TheirPackages = Readonly<Record<string, TheirPackage>>;

/** Packages that an advisory of the report is about, and those that are weak by one of these. */
function listExplained(vulnerabilities: TheirPackages): ReadonlySet<string> {
  const users = new Map<string, string[]>();
  const explained = new Set<string>();
  for (const [name, { via }] of Object.entries(vulnerabilities))
    for (const one of via)
      if (typeof one !== 'string') explained.add(name);
      else
        users
          .set(one, users.get(one) ?? [])
          .get(one)
          ?.push(name);
  // A set that grows while it is gone through is gone through to its end.
  for (const name of explained) for (const user of users.get(name) ?? []) explained.add(user);
  return explained;
}

/** Every package must come from an advisory of the same report; else the report was cut. */
function findCut(vulnerabilities: TheirPackages): string | undefined {
  const names = Object.values(vulnerabilities).flatMap(({ via }) =>
    via.filter((one) => typeof one === 'string'),
  );
  if (names.some((name) => !Object.hasOwn(vulnerabilities, name)))
    return 'it names packages that it does not show';
  return listExplained(vulnerabilities).size < Object.keys(vulnerabilities).length
    ? 'it shows packages without the advisory that they are listed for'
    : undefined;
}

/** What `npm audit --json` printed (npm 7 and later). */
export function readNpmAudit(text: string): Parsed<AuditReport> {
  const json = parseJson(text);
  if (!json.ok) return json;
  if (isRefusal(json.report)) return flawed('npm could not audit, and says so in it');
  const read = readShape(json.report, reportShape, 'report of npm audit, version 2');
  if (!read.ok) return read;
  const { vulnerabilities, metadata } = read.report;
  const shown = Object.keys(vulnerabilities).length;
  if (metadata.dependencies.total === 0) return flawed('nothing was audited: it counts no package');
  if (metadata.vulnerabilities.total !== shown)
    return flawed(`it counts ${metadata.vulnerabilities.total} packages with weaknesses and shows ${shown}`);
  const cut = findCut(vulnerabilities);
  if (cut !== undefined) return flawed(cut);
  return parsed({ findings: listFindings(vulnerabilities) });
}
