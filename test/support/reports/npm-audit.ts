interface ToldPackage {
  readonly name: string;
  readonly severity: string;
  readonly score?: number;
  readonly ghsa?: string;
  /** Default: the package at the top of node_modules. */
  readonly nodes?: readonly string[];
  readonly fixAvailable?: boolean | object;
}

const advisory = (
  { name, severity, score = 0, ghsa = 'GHSA-2222-3333-4444' }: ToldPackage,
  source: number,
) => ({
  source,
  name,
  dependency: name,
  title: `${name} can be fooled`,
  url: `https://github.com/advisories/${ghsa}`,
  severity,
  cwe: ['CWE-20'],
  cvss: { score, vectorString: score === 0 ? null : 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' },
  range: '<2.0.0',
});

/** What `npm audit --json` prints about these packages. */
export function makeNpmAudit(packages: readonly ToldPackage[]) {
  const vulnerabilities = packages.map((told, i) => [
    told.name,
    {
      name: told.name,
      severity: told.severity,
      isDirect: false,
      via: [advisory(told, 1_100_000 + i)],
      effects: [],
      range: '<2.0.0',
      nodes: told.nodes ?? [`node_modules/${told.name}`],
      fixAvailable: told.fixAvailable ?? true,
    },
  ]);
  return {
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(vulnerabilities),
    metadata: {
      vulnerabilities: { info: 0, low: 0, moderate: 0, high: 0, critical: 0, total: packages.length },
      dependencies: { prod: 90, dev: 210, optional: 2, peer: 0, peerOptional: 0, total: 302 },
    },
  };
}
