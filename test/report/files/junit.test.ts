import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReleaseError } from '../../../src/domain/failure.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import { writeJunit } from '../../../src/report/files/junit.ts';
import { hostileFinding, reportOf } from '../../support/gate-report.ts';
import { proveXml } from '../../support/prove-xml.ts';
import { finding } from '../../support/run-events.ts';

const waived = { check: 'a.w', by: 'Dana Ito', reason: '#12' };
const every: Finding[] = [
  finding('a.pass'),
  finding('a.warn', { outcome: 'warn', said: 'slow' }),
  finding('a.fail', { outcome: 'fail', said: '1 blocked', remedy: 'End it.' }),
  finding('b.unknown', { outcome: 'unknown', said: 'no answer' }),
  finding('b.skip', { outcome: 'skip', said: 'left out' }),
  finding('b.waived', { outcome: 'fail', said: '2 high', waived }),
];
const read = (findings: readonly Finding[]) => proveXml(writeJunit(reportOf(findings)));
const casesOf = (findings: readonly Finding[]) => read(findings).children.flatMap((suite) => suite.children);

describe('JUnit', () => {
  it('has a suite for each room and a case for each check', () => {
    const { children } = read(every);
    expect(children.map(({ attributes }) => attributes.name)).toEqual(['a', 'b']);
    expect(casesOf(every).map(({ attributes }) => attributes.name)).toEqual(every.map((one) => one.check));
    expect(casesOf(every)[0]?.attributes).toEqual({ classname: 'a', name: 'a.pass', time: '0.180' });
  });

  it('tells unknown as an error, fail as a failure, warn as passed with words, skip as skipped', () => {
    const bodies = casesOf(every).map(({ children }) => children.map(({ name }) => name).join());
    expect(bodies).toEqual(['', 'system-out', 'failure', 'error', 'skipped', 'system-out']);
    const failure = casesOf(every)[2]?.children[0];
    expect(failure?.attributes).toEqual({ message: '1 blocked', type: 'fail' });
    expect(failure?.text).toContain('what to do: End it.');
  });

  it('tells a waived failure with its person and reason, and breaks no build over it', () => {
    const [said] = casesOf(every)[5]?.children ?? [];
    expect(said).toMatchObject({
      name: 'system-out',
      text: expect.stringContaining('waived by Dana Ito: #12'),
    });
  });

  it('counts what it tells, in each suite and in all', () => {
    const root = read(every);
    expect(root.attributes).toMatchObject({ tests: '6', failures: '1', errors: '1', skipped: '1' });
    expect(root.children[1]?.attributes).toMatchObject({
      tests: '3',
      failures: '0',
      errors: '1',
      skipped: '1',
    });
  });

  it('is one error when nothing was asked or the command was refused', () => {
    const error = new ReleaseError('E_ENV_UNKNOWN', { what: 'No "prod".', next: 'x', state: 'untouched' });
    const refused = proveXml(writeJunit(reportOf([], { error, verdict: '' })));
    expect(refused.attributes).toMatchObject({ tests: '1', errors: '1' });
    expect(refused.children[0]?.children[0]?.children[0]?.attributes).toEqual({
      message: 'No "prod".',
      type: 'E_ENV_UNKNOWN',
    });
    expect(read([]).attributes).toMatchObject({ errors: '1' });
  });

  it('is well-formed and tells the same outcome, whatever stands in a finding', () => {
    fc.assert(
      fc.property(fc.array(hostileFinding, { minLength: 1, maxLength: 4 }), (findings) => {
        const cases = casesOf(findings);
        expect(cases).toHaveLength(findings.length);
        const failed = cases.filter((one) => one.children.some(({ name }) => name === 'failure')).length;
        expect(failed).toBe(findings.filter((one) => one.outcome === 'fail' && !one.waived).length);
      }),
    );
  });
});
