import { oneLine } from '../screen-text.ts';
import { commitsIn, MIXED, momentIn } from './commit-in.ts';
import { parseXml, type XmlElement } from './parse-xml.ts';
import { flawed, type Parsed, parsed } from './parsed.ts';
import { type E2eReport, type Scenario, tagsIn } from './scenario.ts';

const COMMIT_NAMES = ['commit', 'git.commit', 'git.commit.id', 'revision', 'GITHUB_SHA'];

/** What writers put into `status` or `result` of a case that failed, beside the element that says why. */
const FAILED = ['failed', 'failure', 'fail', 'error', 'errored'];

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
  const words = [attribute(testcase, 'status'), attribute(testcase, 'result')].map((word) =>
    word.toLowerCase(),
  );
  const says = (known: readonly string[]): boolean => words.some((word) => known.includes(word));
  if (has(['failure', 'error', 'rerunFailure', 'rerunError']) || says(FAILED)) return 'failed';
  if (has(['skipped']) || says(['notrun', 'disabled', 'skipped', 'suppressed'])) return 'skipped';
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

const countIn = (suite: XmlElement, name: string): number => Number(attribute(suite, name)) || 0;

/** More cases or failures told than shown: the report was cut, or a suite broke as a whole. */
function findMissing(suite: XmlElement): string | undefined {
  const told = countIn(suite, 'failures') + countIn(suite, 'errors');
  const cases = listSuites(suite).flatMap((one) => childrenOf(one, 'testcase'));
  const seen = cases.filter((one) => readOutcome(one) === 'failed').length;
  if (told > seen) return `it counts ${told} failures and shows ${seen}`;
  const tests = countIn(suite, 'tests');
  return tests > cases.length ? `it counts ${tests} tests and shows ${cases.length}` : undefined;
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
  const [commit, other] = commitsIn(named.map(([, value]) => value));
  if (other !== undefined) return flawed(MIXED);
  const at = firstOf(suites.map((suite) => momentIn(attribute(suite, 'timestamp'))));
  return parsed({
    scenarios: suites.flatMap((suite) => childrenOf(suite, 'testcase')).map(readCase),
    ...(commit === undefined ? {} : { commit }),
    ...(at === undefined ? {} : { at }),
  });
}
