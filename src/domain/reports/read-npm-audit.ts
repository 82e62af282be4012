import * as z from 'zod';
import { oneLine } from '../screen-text.ts';
import { flawed, type Parsed, parsed, parseJson, readShape } from './parsed.ts';
import { SEVERITIES, type Weakness } from './weakness.ts';

const severity = z.enum(SEVERITIES);
const advisoryShape = z.object({
  source: z.union([z.number(), z.string()]),
  name: z.string(),
  title: z.string().default(''),
  url: z.string().default(''),
  severity,
  cvss: z
    .object({ score: z.number().min(0).max(10) })
    .partial()
    .optional(),
});
const packageShape = z.object({
  name: z.string(),
  severity,
  isDirect: z.boolean(),
  via: z.array(z.union([z.string(), advisoryShape])),
  nodes: z.array(z.string()).default([]),
  fixAvailable: z.union([
    z.boolean(),
    z.object({ name: z.string(), version: z.string(), isSemVerMajor: z.boolean().default(false) }),
  ]),
});
const reportShape = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(z.string(), packageShape),
  metadata: z.object({
    vulnerabilities: z.object({ total: z.number() }),
    dependencies: z.object({ total: z.number() }),
  }),
});

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

/** A severe package must come from an advisory of the same report; else the report was cut. */
const isWhole = (vulnerabilities: Readonly<Record<string, TheirPackage>>): boolean =>
  Object.values(vulnerabilities).every(({ via }) =>
    via.every((one) => typeof one !== 'string' || Object.hasOwn(vulnerabilities, one)),
  );

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
  if (!isWhole(vulnerabilities)) return flawed('it names packages that it does not show');
  return parsed({ findings: listFindings(vulnerabilities) });
}
