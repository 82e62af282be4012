import { oneLine } from '../screen-text.ts';
import { commitIn, momentIn } from './commit-in.ts';
import { parseXml, type XmlElement } from './parse-xml.ts';
import { flawed, type Parsed, parsed } from './parsed.ts';
import { type E2eReport, type Scenario, tagsIn } from './scenario.ts';

const COMMIT_NAMES = ['commit', 'git.commit', 'git.commit.id', 'revision', 'GITHUB_SHA'];

const attribute = ({ attributes }: XmlElement, name: string): string => attributes.get(name) ?? '';

const childrenOf = ({ children }: XmlElement, name: string): readonly XmlElement[] =>
  children.filter((child) => child.name === name);

/** `<property name value>` below an element. */
const propertiesOf = (element: XmlElement): readonly (readonly [string, string])[] =>
  childrenOf(element, 'properties')
    .flatMap((list) => childrenOf(list, 'property'))
    .map((one) => [attribute(one, 'name'), attribute(one, 'value')] as const);

/** Surefire writes flakyFailure for a try that a later one made good, and rerunFailure beside a failure that stays. */
function readOutcome(testcase: XmlElement): Scenario['outcome'] {
  const has = (names: readonly string[]): boolean =>
    testcase.children.some(({ name }) => names.includes(name));
  if (has(['failure', 'error', 'rerunFailure', 'rerunError'])) return 'failed';
  if (has(['skipped']) || ['notrun', 'disabled', 'skipped'].includes(attribute(testcase, 'status')))
    return 'skipped';
  return has(['flakyFailure', 'flakyError']) ? 'flaky' : 'passed';
}

function readCase(testcase: XmlElement): Scenario {
  const parts = [attribute(testcase, 'classname'), attribute(testcase, 'name')];
  const name = oneLine(parts.filter((part) => part !== '').join(' › '), 300);
  const tagged = propertiesOf(testcase)
    .filter(([key]) => key === 'tag' || key === 'tags')
    .flatMap(([, value]) => tagsIn(value.replace(/(^|[\s,])(?=\w)/g, '$1@')));
  return { name, tags: [...new Set([...tagged, ...tagsIn(name)])], outcome: readOutcome(testcase) };
}

const SUITES = ['testsuite', 'testsuites'];

/** The element itself and all suites below it; the depth is that which the parser allows. */
const listSuites = (element: XmlElement): readonly XmlElement[] => [
  element,
  ...element.children.filter(({ name }) => SUITES.includes(name)).flatMap(listSuites),
];

/** More failures than cases that show one: the report was cut, or a suite broke as a whole. */
function findMissing(suite: XmlElement): string | undefined {
  const told = (Number(attribute(suite, 'failures')) || 0) + (Number(attribute(suite, 'errors')) || 0);
  const cases = listSuites(suite).flatMap((one) => childrenOf(one, 'testcase'));
  const seen = cases.filter((one) => readOutcome(one) === 'failed').length;
  return told > seen ? `it counts ${told} failures and shows ${seen}` : undefined;
}

/** The moment at which the first suite began. */
const firstOf = (moments: readonly (string | undefined)[]): string | undefined =>
  moments.filter((one) => one !== undefined).sort()[0];

/** A report in the format of JUnit, whoever wrote it. */
export function readJunit(text: string): Parsed<E2eReport> {
  const document = parseXml(text);
  if (!document.ok) return document;
  const root = document.report;
  if (!SUITES.includes(root.name)) return flawed('it is no report of JUnit');
  const suites = listSuites(root);
  const missing = suites.map(findMissing).find((one) => one !== undefined);
  if (missing !== undefined) return flawed(missing);
  const named = suites.flatMap(propertiesOf).filter(([key]) => COMMIT_NAMES.includes(key));
  const commit = commitIn(named.map(([, value]) => value));
  const at = firstOf(suites.map((suite) => momentIn(attribute(suite, 'timestamp'))));
  return parsed({
    scenarios: suites.flatMap((suite) => childrenOf(suite, 'testcase')).map(readCase),
    ...(commit === undefined ? {} : { commit }),
    ...(at === undefined ? {} : { at }),
  });
}
