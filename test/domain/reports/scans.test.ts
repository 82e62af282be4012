import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNpmAudit } from '../../../src/domain/reports/read-npm-audit.ts';
import { readScan } from '../../../src/domain/reports/read-scan.ts';
import { readDevPlaces, tellByLockfile, tellByReport } from '../../../src/domain/reports/tell-dev-only.ts';
import { makeNpmAudit } from '../../support/reports/npm-audit.ts';

const auditOf = (value: unknown) => {
  const read = readNpmAudit(JSON.stringify(value));
  if (!read.ok) throw new Error(read.flaw);
  return read.report.findings;
};
const auditFlaw = (value: unknown): string => {
  const read = readNpmAudit(typeof value === 'string' ? value : JSON.stringify(value));
  return read.ok ? 'none' : read.flaw;
};
const scan = (value: unknown) => readScan(JSON.stringify(value));
const scanned = (value: unknown) => {
  const read = scan(value);
  if (!read.ok) throw new Error(read.flaw);
  return read.report;
};
const scanFlaw = (value: unknown): string => {
  const read = scan(value);
  return read.ok ? 'none' : read.flaw;
};

describe('a report of npm audit', () => {
  it('PRE-13: tells advisory, package, severity, score and fix', () => {
    const fix = { name: 'express', version: '5.0.0', isSemVerMajor: true };
    const told = { name: 'qs', severity: 'high', score: 7.5, ghsa: 'GHSA-hrpp-h998-j3pp', fixAvailable: fix };
    expect(auditOf(makeNpmAudit([told]))).toEqual([
      {
        ids: ['GHSA-hrpp-h998-j3pp', '1100000'],
        where: 'qs',
        title: 'qs can be fooled',
        severity: 'high',
        score: 7.5,
        nodes: ['node_modules/qs'],
        fix: 'update by express@5.0.0, a major version',
      },
    ]);
  });

  it('PRE-13: takes npm’s zero for a missing score, and an advisory with several packages once', () => {
    const report = makeNpmAudit([{ name: 'qs', severity: 'low' }]);
    const through = { ...report.vulnerabilities.qs, name: 'express', via: ['qs'] };
    const whole = {
      ...report,
      vulnerabilities: { ...report.vulnerabilities, express: through },
      metadata: { ...report.metadata, vulnerabilities: { ...report.metadata.vulnerabilities, total: 2 } },
    };
    expect(auditOf(whole)).toHaveLength(1);
    expect(auditOf(whole)[0]?.score).toBeUndefined();
  });

  it('PRE-13: proves nothing when npm could not audit, when it was cut, or when nothing was audited', () => {
    const whole = makeNpmAudit([{ name: 'qs', severity: 'low' }]);
    const none = { ...whole.metadata, dependencies: { total: 0 } };
    expect(auditFlaw({ error: { code: 'ENOLOCK', summary: 'no lockfile', detail: '' } })).toContain(
      'npm could not',
    );
    expect(auditFlaw({ message: 'request failed', method: 'POST', statusCode: 503 })).toContain(
      'npm could not',
    );
    expect(auditFlaw({ ...whole, vulnerabilities: {} })).toContain('it counts 1 packages');
    expect(auditFlaw({ ...whole, metadata: none })).toContain('nothing was audited');
    expect(auditFlaw({ ...whole, auditReportVersion: 1 })).toContain('version 2');
    expect(
      auditFlaw({ ...whole, vulnerabilities: { qs: { ...whole.vulnerabilities.qs, via: ['gone'] } } }),
    ).toBe('it names packages that it does not show');
    for (const via of [[], ['qs']])
      expect(
        auditFlaw({ ...whole, vulnerabilities: { qs: { ...whole.vulnerabilities.qs, via } } }),
      ).toContain('without the advisory');
    expect(auditFlaw('')).toBe('it is empty');
    expect(auditFlaw(JSON.stringify(whole).slice(0, 200))).toContain('not JSON');
  });

  it('takes any JSON without throwing', () => {
    fc.assert(fc.property(fc.json(), (text) => typeof readNpmAudit(text).ok === 'boolean'));
    fc.assert(fc.property(fc.json(), (text) => typeof readScan(text).ok === 'boolean'));
  });
});

describe('what only development has', () => {
  const lockfile = JSON.stringify({
    lockfileVersion: 3,
    packages: {
      '': { name: 'rur2' },
      'node_modules/qs': { version: '6.0.0' },
      'node_modules/vitest': { version: '1.0.0', dev: true },
      'node_modules/both': { version: '1.0.0', devOptional: true },
    },
  });
  const tell = (nodes: readonly string[], text: string | undefined = lockfile) =>
    tellByLockfile(auditOf(makeNpmAudit([{ name: 'x', severity: 'high', nodes }])), readDevPlaces(text))[0]
      ?.isDevOnly;

  it.each([
    [['node_modules/vitest'], true],
    [['node_modules/qs'], false],
    [['node_modules/vitest', 'node_modules/qs'], false],
    [['node_modules/both'], false],
    [['node_modules/nowhere'], false],
    [[], false],
  ])('E-13: %j is told by the lockfile: %s', (nodes, isDevOnly) => {
    expect(tell(nodes)).toBe(isDevOnly);
  });

  it.each([undefined, '', 'not json', '{}', 'null', '[]', '{"packages":{"a":null}}'])(
    'E-13: with a lockfile that says %j everything counts as production’s',
    (text) => {
      expect(tell(['node_modules/vitest'], text ?? '')).toBe(false);
    },
  );

  it('E-13: is told by a second report, and what only that one has counts too', () => {
    const all = auditOf(
      makeNpmAudit([
        { name: 'qs', severity: 'high' },
        { name: 'vitest', severity: 'high' },
      ]),
    );
    const production = auditOf(
      makeNpmAudit([
        { name: 'qs', severity: 'high' },
        { name: 'new', severity: 'low' },
      ]),
    );
    const told = tellByReport(all, production);
    expect(told.map(({ where, isDevOnly }) => [where, isDevOnly])).toEqual([
      ['qs', false],
      ['new', false],
      ['vitest', true],
    ]);
  });
});

const sarif = (results: readonly object[], over: Record<string, unknown> = {}) => ({
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: {
          name: 'CodeQL',
          rules: [
            {
              id: 'js/sql-injection',
              properties: { 'security-severity': '8.8' },
              defaultConfiguration: { level: 'error' },
            },
            { id: 'js/style', defaultConfiguration: { level: 'note' } },
          ],
        },
        extensions: [{ name: 'pack', rules: [{ id: 'js/xss', properties: { 'security-severity': '6.1' } }] }],
      },
      results,
      ...over,
    },
  ],
});
const at = (uri: string) => [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: 3 } } }];

describe('a report in SARIF', () => {
  it('PRE-13: finds the rule of a result by index, by extension or by id, and its score', () => {
    const { weaknesses } = scanned(
      sarif([
        { ruleId: 'js/sql-injection', ruleIndex: 0, message: { text: 'x' }, locations: at('src/db.ts') },
        { rule: { id: 'js/xss', index: 0, toolComponent: { index: 0 } }, message: { text: 'x' } },
        { ruleId: 'js/style', message: { text: 'x' } },
        { ruleId: 'js/style', level: 'error', message: { text: 'x' } },
        { ruleId: 'unheard-of', message: { text: 'x' } },
      ]),
    );
    expect(weaknesses.map(({ ids, where, severity, score }) => [ids[0], where, severity, score])).toEqual([
      ['js/sql-injection', 'src/db.ts', 'high', 8.8],
      ['js/xss', 'CodeQL', 'moderate', 6.1],
      ['js/style', 'CodeQL', 'low', undefined],
      ['js/style', 'CodeQL', 'high', undefined],
      ['unheard-of', 'CodeQL', 'moderate', undefined],
    ]);
  });

  it('PRE-13: leaves out what passed, what is gone, and what was accepted in the scanner', () => {
    const one = { ruleId: 'js/sql-injection', message: { text: 'x' } };
    const count = (over: object): number => scanned(sarif([{ ...one, ...over }])).weaknesses.length;
    expect(count({ kind: 'pass' })).toBe(0);
    expect(count({ baselineState: 'absent' })).toBe(0);
    expect(count({ suppressions: [{ kind: 'inSource' }] })).toBe(0);
    expect(count({ suppressions: [{ kind: 'external', status: 'underReview' }] })).toBe(1);
    expect(count({ suppressions: [] })).toBe(1);
  });

  it('PRE-13: names its commit and its time, and proves nothing when the scan broke', () => {
    const commit = 'a'.repeat(40);
    const provenance = [{ repositoryUri: 'https://example.com', revisionId: commit }];
    const ended = { executionSuccessful: true, endTimeUtc: '2026-11-24T12:00:00Z' };
    expect(scanned(sarif([], { versionControlProvenance: provenance, invocations: [ended] }))).toEqual({
      weaknesses: [],
      commit,
      at: '2026-11-24T12:00:00.000Z',
    });
    expect(scanFlaw(sarif([], { invocations: [{ executionSuccessful: false }] }))).toBe('the scan broke');
    const other = { versionControlProvenance: [{ revisionId: 'b'.repeat(40) }] };
    const runs = [{ versionControlProvenance: provenance }, other].flatMap((over) => sarif([], over).runs);
    expect(scanFlaw({ version: '2.1.0', runs })).toContain('different commits');
    expect(scanFlaw({ version: '2.1.0', runs: [] })).toContain('SARIF');
    expect(scanFlaw({ version: '2.0.0', runs: [] })).toContain('SARIF');
  });
});

const snyk = (vulnerabilities: readonly object[], over: object = {}) => ({
  ok: vulnerabilities.length === 0,
  vulnerabilities,
  dependencyCount: 120,
  org: 'rur2',
  projectName: 'rur2',
  ...over,
});
const weakness = {
  id: 'SNYK-JS-QS-3153490',
  title: 'Prototype Poisoning',
  severity: 'high',
  cvssScore: 7.5,
  packageName: 'qs',
  version: '6.5.2',
  identifiers: { CVE: ['CVE-2022-24999'], CWE: ['CWE-1321'], GHSA: ['GHSA-hrpp-h998-j3pp'] },
  fixedIn: ['6.5.3'],
  from: ['rur2@2.1.0', 'express@4.0.0', 'qs@6.5.2'],
};

describe('a report of Snyk', () => {
  it('PRE-13: counts a weakness once for all the ways to it, with all its names', () => {
    const found = scanned(snyk([weakness, { ...weakness, from: ['rur2@2.1.0', 'qs@6.5.2'] }])).weaknesses;
    expect(found).toEqual([
      {
        ids: ['SNYK-JS-QS-3153490', 'CVE-2022-24999', 'GHSA-hrpp-h998-j3pp'],
        where: 'qs',
        title: 'Prototype Poisoning',
        severity: 'high',
        score: 7.5,
        isDevOnly: false,
        fix: 'update to 6.5.3',
      },
    ]);
  });

  it('PRE-13: reads several projects, and medium as moderate', () => {
    const second = snyk([{ ...weakness, packageName: 'other', severity: 'medium', cvssScore: null }]);
    const severities = scanned([snyk([weakness]), second]).weaknesses.map(({ severity }) => severity);
    expect(severities).toEqual(['high', 'moderate']);
  });

  it('PRE-13: proves nothing when Snyk could not test, or looked at nothing', () => {
    expect(scanFlaw({ ok: false, error: 'Missing node_modules', path: '/work' })).toContain('Snyk could not');
    expect(scanFlaw([snyk([]), { ok: false, error: 'x' }])).toContain('Snyk could not');
    expect(scanFlaw(snyk([], { dependencyCount: 0 }))).toContain('nothing was scanned');
    expect(scanFlaw(snyk([], { ok: false }))).toContain('shows nothing');
    expect(scanFlaw([])).toBe('it holds no project');
    expect(scanFlaw(snyk([{ ...weakness, severity: 'dire' }]))).toContain('no report of Snyk');
  });
});
