import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseXml } from '../../../src/domain/reports/parse-xml.ts';
import { readE2e } from '../../../src/domain/reports/read-e2e.ts';
import { readJunit } from '../../../src/domain/reports/read-junit.ts';

const flawOf = (text: string): string => {
  const answer = readJunit(text);
  return answer.ok ? 'none' : answer.flaw;
};
const scenarios = (text: string) => {
  const answer = readE2e(text);
  if (!answer.ok) throw new Error(answer.flaw);
  return answer.report.scenarios;
};
const suite = (inside: string, attributes = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n<testsuite name="RuR2" ${attributes}>${inside}</testsuite></testsuites>`;

describe('a report in the format of JUnit', () => {
  it.each([
    ['<testcase name="a"/>', 'passed'],
    ['<testcase name="a"></testcase>', 'passed'],
    ['<testcase name="a"><system-out><![CDATA[<failure/>]]></system-out></testcase>', 'passed'],
    ['<testcase name="a"><failure message="x">stack &lt;here&gt;</failure></testcase>', 'failed'],
    ['<testcase name="a"><error/></testcase>', 'failed'],
    ['<testcase name="a"><skipped/></testcase>', 'skipped'],
    ['<testcase name="a" status="notrun"/>', 'skipped'],
    ['<testcase name="a" status="failed"/>', 'failed'],
    ['<testcase name="a" result="Error"/>', 'failed'],
    ['<testcase name="a"><flakyFailure message="once"/></testcase>', 'flaky'],
    ['<testcase name="a"><flakyError/></testcase>', 'flaky'],
    ['<testcase name="a"><failure/><rerunFailure/></testcase>', 'failed'],
  ])('PRE-08: %s is %s', (testcase, outcome) => {
    expect(scenarios(suite(testcase)).map((one) => one.outcome)).toEqual([outcome]);
  });

  it('PRE-08: reads suites in suites, names, tags, the commit and the first time', () => {
    const commit = 'b'.repeat(40);
    const text = `<testsuites><testsuite name="outer" timestamp="2026-11-24T12:05:00Z">
      <properties><property name="commit" value="${commit}"/></properties>
      <testcase classname="pay.spec.ts" name="RuR2 › pays @Pay"/>
      <testsuite name="inner" timestamp="2026-11-24T12:00:00+00:00">
        <testcase name="&quot;logs&quot; in"><properties><property name="tag" value="login"/></properties></testcase>
      </testsuite></testsuite></testsuites>`;
    const answer = readJunit(text);
    expect(answer.ok && answer.report).toEqual({
      commit,
      at: '2026-11-24T12:00:00.000Z',
      scenarios: [
        { name: 'pay.spec.ts › RuR2 › pays @Pay', tags: ['@pay'], outcome: 'passed' },
        { name: '"logs" in', tags: ['@login'], outcome: 'passed' },
      ],
    });
  });

  it('PRE-08: trusts no time without a zone, which could be hours off', () => {
    const answer = readJunit(suite('<testcase name="a"/>', 'timestamp="2026-11-24T12:00:00"'));
    expect(answer.ok && answer.report.at).toBeUndefined();
  });

  it('PRE-08: proves nothing when it counts failures that it does not show, or is cut', () => {
    expect(flawOf(suite('<testcase name="a"/>', 'failures="1"'))).toBe('it counts 1 failures and shows 0');
    expect(flawOf(suite('<testcase name="a"/>', 'errors="2"'))).toBe('it counts 2 failures and shows 0');
    expect(flawOf(suite('<testcase name="a"/>', 'tests="40"'))).toBe('it counts 40 tests and shows 1');
    expect(flawOf(suite('<testcase name="a"/>').slice(0, -14))).toBe('it is no XML, or not all of it');
    expect(flawOf('<html><body/></html>')).toBe('it is no report of JUnit');
    expect(flawOf('')).toBe('it is empty');
  });
});

it('PRE-08: a report of JUnit that was put together from two commits is about neither', () => {
  const of = (commit: string): string =>
    `<testsuite><properties><property name="commit" value="${commit}"/></properties><testcase name="a"/></testsuite>`;
  const [mine, other] = ['b'.repeat(40), 'c'.repeat(40)];
  expect(flawOf(`<testsuites>${of(mine)}${of(mine)}</testsuites>`)).toBe('none');
  expect(flawOf(`<testsuites>${of(mine)}${of(other)}</testsuites>`)).toContain('different commits');
});

describe('the parser of XML', () => {
  it('reads no document type, so that nothing can be expanded or fetched', () => {
    const laughs =
      '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><testsuite><testcase name="&b;"/></testsuite>';
    expect(flawOf(laughs)).toBe('it brings a document type, which is not read');
    expect(flawOf('<!DOCTYPE x SYSTEM "file:///etc/passwd"><testsuite/>')).toContain('document type');
  });

  it('leaves an unknown entity as it stands', () => {
    const named = parseXml('<a b="&constructor; &toString;"/>');
    expect(named.ok && named.report.attributes.get('b')).toBe('&constructor; &toString;');
    const read = parseXml('<a b="&secret; &#65;&#x42; &#xffffffff; &amp;lt;"/>');
    expect(read.ok && read.report.attributes.get('b')).toBe('&secret; AB &#xffffffff; &lt;');
  });

  it.each([
    '<a>',
    '</a>',
    '<a></b>',
    '<a/><b/>',
    '<a',
    '<a b=c/>',
    '<a b="1/>',
    'text',
    '<!-- <a/>',
    '<a><!-- </a>',
  ])('refuses %s', (text) => {
    expect(parseXml(text).ok).toBe(false);
  });

  it('refuses what is deeper than any report', () => {
    expect(parseXml(`${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`).ok).toBe(false);
  });

  it('takes any text without throwing', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '/',
      'a',
      '"',
      "'",
      '=',
      ' ',
      '&',
      ';',
      '!--',
      '-->',
      '![CDATA[',
      ']]>',
      '?',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 60 }),
        (parts) => typeof parseXml(parts.join('')).ok === 'boolean',
      ),
    );
  });
});
