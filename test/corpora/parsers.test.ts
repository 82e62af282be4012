import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { readDrizzle, readPackage } from '../../src/cli/init/detected.ts';
import { parseInterval } from '../../src/cli/jobs/parse-interval.ts';
import { parseUntil } from '../../src/cli/parse-until.ts';
import { parseWords } from '../../src/cli/program.ts';
import { checkText } from '../../src/config/load.ts';
import { ReleaseError } from '../../src/domain/failure.ts';
import { readIssues } from '../../src/domain/handoff/known-issues.ts';
import { readJournal } from '../../src/domain/journal.ts';
import { readLockfile } from '../../src/domain/parity/read-lockfile.ts';
import { parseDuration } from '../../src/domain/parse-duration.ts';
import { readHeader } from '../../src/domain/prepare/read-header.ts';
import { readReleaseNotes } from '../../src/domain/release-notes.ts';
import { readE2e } from '../../src/domain/reports/read-e2e.ts';
import { readK6 } from '../../src/domain/reports/read-k6.ts';
import { readLighthouse } from '../../src/domain/reports/read-lighthouse.ts';
import { readScan } from '../../src/domain/reports/read-scan.ts';
import { readDevPlaces } from '../../src/domain/reports/tell-dev-only.ts';
import { readClock } from '../../src/domain/runbook/clock-times.ts';
import { readLimits } from '../../src/domain/runbook/limits/read-limits.ts';
import { readDocument } from '../../src/domain/runbook/read-document.ts';
import { readSuppressions } from '../../src/domain/runbook/suppressions.ts';
import { readVersion } from '../../src/domain/version.ts';
import { readTick } from '../../src/domain/watch/read-tick.ts';
import { GENESIS, lineOf, readChain } from '../../src/ledger/chain.ts';
import { makeEvent } from '../../src/ledger/make-event.ts';
import { anyChar } from '../support/any-text.ts';

type Parser = readonly [name: string, sample: string, parse: (text: string) => unknown];

const NOW = new Date('2025-10-01T14:00:00Z');
const config = readFileSync('runbook.config.yaml', 'utf8').slice(0, 4000);
const runbook = [
  '# Release',
  '- [ ] P95 < 500 ms <!-- runbook-lint: off limits -->',
  '| P0 | > 5 % | 15 min |',
  '```sh',
  'git push',
  '```',
];
const junit =
  '<testsuites><testsuite name="e2e"><testcase classname="a" name="b" time="1"><failure>&lt;x&#10;</failure></testcase></testsuite></testsuites>';
const json = (value: object): string => JSON.stringify(value);
const line = lineOf(
  makeEvent(
    { run: 'r', id: 'a', type: 'run.abandoned', data: { reason: 'x' } },
    { scope: 's/p', epoch: 1, at: NOW.toISOString(), head: { seq: 0, hash: GENESIS } },
    { host: 'h', actor: 'a', tool: '0.1.0', redact: (text) => text },
  ),
);

/** Every parser of text that comes from outside, with a text that it knows. */
const PARSERS: readonly Parser[] = [
  ['a version', 'v2.1.0-rc.1', readVersion],
  ['a duration', '15 min', parseDuration],
  ['an interval of a job', '5m', parseInterval],
  ['a day or moment of --until', '2025-10-05T10:00', (text) => parseUntil(text, 'America/New_York', NOW)],
  [
    'words of the command line',
    'deploy v2.1.0 --env production --waive window --reason x',
    (text) => parseWords(text.split(' '), {}),
  ],
  ['a clock time of a runbook', '10:30 PM', readClock],
  ['a runbook', runbook.join('\n'), (text) => readLimits(readDocument('R.md', text))],
  ['what a runbook suppresses', runbook.join('\n'), (text) => readSuppressions(readDocument('R.md', text))],
  ['a configuration', config, (text) => checkText('runbook.config.yaml', text)],
  ['a line of the ledger', line, (text) => readChain([text], { seq: 0, hash: GENESIS }, 'here')],
  ['a tick', '{"at":"2025-10-01T14:00:00Z","metric":"p95-ms","value":7}', readTick],
  [
    'a changelog',
    '## [2.1.0] - 2025-10-01\n### Added\n- a thing (#1)\n### Fixed\n- b',
    (text) => readReleaseNotes(text, 'v2.1.0'),
  ],
  [
    'the header of a commit',
    'feat(api)!: a thing',
    (text) =>
      readHeader({
        sha: 'a'.repeat(40),
        subject: text,
        body: text,
        at: NOW.toISOString(),
        author: 'Ana',
        parents: [],
      }),
  ],
  ['known issues', 'P2 exports are slow (until v2.1.1); P3 a typo', readIssues],
  [
    'the journal of migrations',
    '{"entries":[{"idx":0,"when":1,"tag":"0001_a","breakpoints":true}]}',
    (text) => readJournal(text, 'j.json'),
  ],
  [
    'a lockfile',
    json({ packages: { 'node_modules/a': { version: '1.0.0', dev: true } } }),
    (text) => [readLockfile(text, 'p.json'), readDevPlaces(text)],
  ],
  ['a report of tests as XML', junit, readE2e],
  [
    'a report of tests as JSON',
    json({ suites: [{ specs: [{ title: 'a', ok: true, tests: [{ results: [{ status: 'passed' }] }] }] }] }),
    readE2e,
  ],
  [
    'a scan',
    json({
      runs: [
        {
          tool: { driver: { name: 't', rules: [{ id: 'r' }] } },
          results: [{ ruleId: 'r', level: 'error', message: { text: 'x' } }],
        },
      ],
    }),
    readScan,
  ],
  [
    'an audit',
    json({
      auditReportVersion: 2,
      vulnerabilities: { a: { name: 'a', severity: 'high', via: ['b'], nodes: [] } },
      metadata: {},
    }),
    readScan,
  ],
  [
    'a summary of k6',
    json({ metrics: { http_req_duration: { 'p(95)': 300 } } }),
    (text) => readK6(text, { api: 'http_req_duration', query: 'query' }),
  ],
  [
    'a report of Lighthouse',
    json({ audits: { speed: { numericValue: 3 } }, fetchTime: NOW.toISOString() }),
    (text) => readLighthouse(text, 'speed'),
  ],
  ['a package', json({ name: 'a', version: '1.0.0', dependencies: { stripe: '1' } }), readPackage],
  ['a configuration of Drizzle', "export default { out: './m', dialect: 'postgresql' }", readDrizzle],
];

const HOSTILE = [
  ...['\0', '\u202e', '\r', '"', '<', '{{', '__proto__', '-->', 'NaN', '1e999', '\n'],
  ...['*health', '&health ', '<<: *health', '---\n', '!!set ', '%YAML 1.1\n---\n', '['.repeat(2000)],
];

/** The text with some of it gone, doubled, or something else in its place. */
const spoiled = (sample: string): fc.Arbitrary<string> =>
  fc
    .array(
      fc.record({
        at: fc.nat(sample.length),
        drop: fc.nat(9),
        put: fc.oneof(fc.string({ unit: anyChar, maxLength: 4 }), fc.constantFrom(...HOSTILE)),
      }),
      { minLength: 1, maxLength: 5 },
    )
    .map((changes) =>
      changes.reduce((text, { at, drop, put }) => text.slice(0, at) + put + text.slice(at + drop), sample),
    );

/** What the text holds, when it is JSON. */
function readJson(sample: string): unknown {
  try {
    return JSON.parse(sample);
  } catch {
    return undefined;
  }
}

/** The same values, one of them something that its reader did not expect. */
function swap(value: unknown, at: number[], other: unknown): unknown {
  const [first, ...rest] = at;
  if (first === undefined || value === null || typeof value !== 'object') return other;
  const keys = Object.keys(value);
  const chosen = keys[first % Math.max(1, keys.length)];
  if (Array.isArray(value))
    return value.map((one, i) => (String(i) === chosen ? swap(one, rest, other) : one));
  const swapped = Object.entries(value).map(([key, one]) => [
    key,
    key === chosen ? swap(one, rest, other) : one,
  ]);
  return Object.fromEntries(swapped);
}

const confused = (value: unknown): fc.Arbitrary<string> =>
  fc
    .tuple(fc.array(fc.nat(9), { maxLength: 8 }), fc.jsonValue({ maxDepth: 2 }))
    .map(([at, other]) => JSON.stringify(swap(value, at, other)));

/** A parser answers or refuses; anything else would be a crash that tells nobody what to do. */
function isAnswered(parse: Parser[2], text: string): void {
  try {
    parse(text);
  } catch (error) {
    if (!(error instanceof ReleaseError) || error.text.next === '') throw error;
  }
}

describe('every parser answers or says what is wrong', () => {
  it.each(PARSERS)('%s', (_, sample, parse) => {
    parse(sample);
    const value = readJson(sample);
    fc.assert(
      fc.property(
        fc.oneof(
          { weight: 4, arbitrary: spoiled(sample) },
          ...(value === undefined ? [] : [{ weight: 4, arbitrary: confused(value) }]),
          { weight: 1, arbitrary: fc.string({ unit: anyChar, maxLength: 200 }) },
        ),
        (text) => isAnswered(parse, text),
      ),
      { numRuns: fc.readConfigureGlobal().numRuns ?? 60 },
    );
  });
});
