import type { Reported } from './write-reports.ts';

interface Told {
  readonly name: string;
  readonly severity: string;
  readonly score: number;
  readonly title: string;
  readonly ghsa: string;
}

const MILD: Told = {
  name: 'cookie',
  severity: 'low',
  score: 3.7,
  title: 'Out of bounds characters are accepted in a name',
  ghsa: 'GHSA-2222-3333-4444',
};
const SEVERE: Told = {
  name: 'express',
  severity: 'high',
  score: 7.5,
  title: 'A crafted query keeps the process busy',
  ghsa: 'GHSA-5555-6666-7777',
};

const sayPackage = ({ name, severity, score, title, ghsa }: Told, source: number) => ({
  name,
  severity,
  isDirect: name === 'express',
  via: [
    {
      source,
      name,
      dependency: name,
      title,
      url: `https://github.com/advisories/${ghsa}`,
      severity,
      cvss: { score, vectorString: null },
      range: '*',
    },
  ],
  effects: [],
  range: '*',
  nodes: [`node_modules/${name}`],
  fixAvailable: true,
});

/** What `npm audit --json` prints; the advisories are made up. */
export function makeAuditReport(isSevere: boolean): object {
  const told = isSevere ? [MILD, SEVERE] : [MILD];
  return {
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(told.map((one, i) => [one.name, sayPackage(one, 1_099_000 + i)])),
    metadata: {
      vulnerabilities: {
        info: 0,
        low: 1,
        moderate: 0,
        high: told.length - 1,
        critical: 0,
        total: told.length,
      },
      dependencies: { prod: 68, dev: 112, optional: 0, peer: 0, peerOptional: 0, total: 180 },
    },
  };
}

/** What a code scanner writes that found nothing worth a release. */
export const makeCodeReport = ({ commit, at }: Reported): object => ({
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: {
          name: 'code scanner',
          rules: [{ id: 'js/unused', defaultConfiguration: { level: 'note' } }],
        },
      },
      invocations: [{ executionSuccessful: true, endTimeUtc: at.toISOString() }],
      versionControlProvenance: [{ repositoryUri: 'https://github.com/sandbox/rur2', revisionId: commit }],
      results: [{ ruleId: 'js/unused', ruleIndex: 0, message: { text: 'A variable is never read.' } }],
    },
  ],
});
