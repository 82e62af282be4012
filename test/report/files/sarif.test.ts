import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReleaseError } from '../../../src/domain/failure.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import { writeSarif } from '../../../src/report/files/sarif.ts';
import { hostile, hostileFinding, reportOf } from '../../support/gate-report.ts';
import { finding } from '../../support/run-events.ts';

const place = {
  file: 'migrations/0044 add.sql',
  line: 3,
  column: 7,
  rule: 'drop-column',
  level: 'error',
  message: 'Drops a column.',
};
const lint = (places: readonly unknown[], change: Partial<Finding> = {}) =>
  finding('migrations.lint', { outcome: 'fail', evidence: { places } as never, ...change });

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly suppressions?: readonly unknown[];
  readonly locations: readonly [
    {
      physicalLocation: {
        artifactLocation: { uri: string };
        region: { startLine: number; startColumn: number };
      };
    },
  ];
}

/** The run of a log, after everything that the standard demands of it was looked at. */
function prove(text: string) {
  const log = JSON.parse(text);
  expect({ version: log.version, runs: log.runs.length }).toEqual({ version: '2.1.0', runs: 1 });
  const [run] = log.runs;
  const { name, rules } = run.tool.driver;
  expect(name).toBe('release');
  expect(new Set(rules.map((rule: { id: string }) => rule.id)).size).toBe(rules.length);
  for (const result of run.results as readonly Result[]) {
    expect(rules[result.ruleIndex].id).toBe(result.ruleId);
    expect(['error', 'warning', 'note']).toContain(result.level);
    expect(result.message.text).not.toBe('');
    const { artifactLocation, region } = result.locations[0].physicalLocation;
    expect(artifactLocation.uri).toMatch(/^[^/:]+(\/[^/:]+)*$/);
    expect(() => decodeURI(artifactLocation.uri)).not.toThrow();
    for (const number of [region.startLine, region.startColumn]) expect(number).toBeGreaterThanOrEqual(1);
  }
  for (const invocation of run.invocations) expect(typeof invocation.executionSuccessful).toBe('boolean');
  return run as {
    results: readonly Result[];
    tool: { driver: { rules: readonly unknown[] } };
    invocations: readonly [Record<string, unknown>];
  };
}
const run = (...findings: Finding[]) => prove(writeSarif(reportOf(findings)));

describe('SARIF', () => {
  it('puts the squiggle on the line, with its rule', () => {
    const { results, tool } = run(lint([place, { ...place, line: 9 }]));
    expect(tool.driver.rules).toMatchObject([{ id: 'drop-column' }]);
    expect(results[0]).toMatchObject({
      ruleId: 'drop-column',
      level: 'error',
      message: { text: 'Drops a column.' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'migrations/0044%20add.sql', uriBaseId: 'SRCROOT' },
            region: { startLine: 3, startColumn: 7 },
          },
        },
      ],
    });
    expect(results.map((one) => one.locations[0].physicalLocation.region.startLine)).toEqual([3, 9]);
  });

  it('is whole without results: checks of a live system have no place in a file', () => {
    expect(run(finding('app.health', { outcome: 'fail' })).results).toEqual([]);
    expect(run().results).toEqual([]);
  });

  it('leaves out what is no place below the repository', () => {
    const elsewhere = ['/etc/passwd', '../x.sql', 'a/../../x', 'https://a.b/c', 'C:\\x.sql', ''];
    expect(run(lint([...elsewhere.map((file) => ({ ...place, file })), null, 7, 'x', []])).results).toEqual(
      [],
    );
    const [one] = run(lint([{ ...place, file: './a\\b.sql', line: -1, column: 0.5 }])).results;
    expect(one?.locations[0].physicalLocation).toMatchObject({
      artifactLocation: { uri: 'a/b.sql' },
      region: { startLine: 1, startColumn: 1 },
    });
  });

  it('tells a waived finding as suppressed, with the reason', () => {
    const waived = { check: 'migrations.lint', by: 'Dana Ito', reason: '#12' };
    expect(run(lint([place], { waived })).results[0]?.suppressions).toEqual([
      { kind: 'external', status: 'accepted', justification: 'waived by Dana Ito: #12' },
    ]);
  });

  it('says that it was not carried out when the command was refused', () => {
    const error = new ReleaseError('E_MIGRATION_SYNTAX', { what: 'No SQL.', next: 'x', state: 'untouched' });
    const { invocations } = prove(writeSarif(reportOf([], { error, exitCode: 2 })));
    expect(invocations[0]).toMatchObject({ executionSuccessful: false, exitCode: 2 });
    expect(JSON.stringify(invocations)).toContain('E_MIGRATION_SYNTAX');
  });

  it('holds what the standard demands, whatever stands in a finding', () => {
    const wild = fc
      .record({
        file: hostile,
        line: fc.double(),
        column: fc.double(),
        rule: hostile,
        level: hostile,
        message: hostile,
      })
      .map((one) => lint([one as never]));
    fc.assert(
      fc.property(fc.array(fc.oneof(hostileFinding, wild), { maxLength: 5 }), (findings) => {
        expect(prove(writeSarif(reportOf(findings)))).toBeDefined();
      }),
    );
  });
});
