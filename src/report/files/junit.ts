import type { Finding } from '../../domain/finding.ts';
import { cleanForScreen } from '../../domain/screen-text.ts';
import type { GateReport } from './gate-report.ts';
import { sayFinding } from './say-finding.ts';

// What XML 1.0 cannot hold in any spelling; lone surrogates too, which no encoding can carry.
const NO_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const clean = (text: string): string => cleanForScreen(text).replace(NO_XML, '\ufffd');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

const inAttribute = (text: string): string =>
  clean(text).replace(/[&<>"\n\r\t]/g, (sign) => ENTITIES[sign] ?? '');
const inText = (text: string): string => clean(text).replace(/[&<>\r]/g, (sign) => ENTITIES[sign] ?? '');

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${inAttribute(String(value))}"`)
    .join('');

const seconds = (ms: number): string => (Math.max(0, ms) / 1000).toFixed(3);

/** What one case counts as. A waived failure is told, and breaks no build: somebody answers for it. */
type Kind = 'passed' | 'failures' | 'errors' | 'skipped';

function kindOf({ outcome, waived }: Finding): Kind {
  if (outcome === 'skip') return 'skipped';
  if (waived !== undefined) return 'passed';
  if (outcome === 'fail') return 'failures';
  return outcome === 'unknown' ? 'errors' : 'passed';
}

const TAG = { failures: 'failure', errors: 'error' } as const;

function bodyOf(finding: Finding): string {
  const kind = kindOf(finding);
  const { outcome, said, waived } = finding;
  if (kind === 'skipped') return `<skipped${attributes({ message: said })}/>`;
  const words = inText(sayFinding(finding));
  if (kind !== 'passed')
    return `<${TAG[kind]}${attributes({ message: said, type: outcome })}>${words}</${TAG[kind]}>`;
  const isWorthSaying = outcome !== 'pass' || waived !== undefined;
  return isWorthSaying ? `<system-out>${outcome}: ${words}</system-out>` : '';
}

function writeCase(finding: Finding): string {
  const head = { classname: finding.room, name: finding.check, time: seconds(finding.durationMs) };
  const body = bodyOf(finding);
  return `    <testcase${attributes(head)}${body === '' ? '/>' : `>\n      ${body}\n    </testcase>`}`;
}

const count = (findings: readonly Finding[], kind: Kind): number =>
  findings.filter((finding) => kindOf(finding) === kind).length;

const countsOf = (findings: readonly Finding[]) => ({
  tests: findings.length,
  failures: count(findings, 'failures'),
  errors: count(findings, 'errors'),
  skipped: count(findings, 'skipped'),
});

function writeSuite(room: string, findings: readonly Finding[], timestamp: string): string {
  const time = seconds(findings.reduce((sum, one) => sum + one.durationMs, 0));
  const head = attributes({ name: room, ...countsOf(findings), time, timestamp });
  return [`  <testsuite${head}>`, ...findings.map(writeCase), '  </testsuite>'].join('\n');
}

/** A command that was refused is one error: no reader may take a file without cases for a good answer. */
function writeRefusal({ error, title, verdict, startedAt }: GateReport): string {
  const message = error?.text.what ?? `nothing was asked; the answer is ${verdict || 'none'}`;
  const words = [message, error?.text.why, error?.text.next].filter((part) => part !== undefined).join('\n');
  const counts = { tests: 1, failures: 0, errors: 1, skipped: 0, time: '0.000', timestamp: startedAt };
  return [
    `  <testsuite${attributes({ name: 'release', ...counts })}>`,
    `    <testcase${attributes({ classname: 'release', name: title, time: '0.000' })}>`,
    `      <error${attributes({ message, type: error?.code ?? 'nobody-looked' })}>${inText(words)}</error>`,
    '    </testcase>',
    '  </testsuite>',
  ].join('\n');
}

/** JUnit XML: a suite for each room, a case for each check; unknown is an error, fail a failure, warn passes with words. */
export function writeJunit(report: GateReport): string {
  const { findings, title, startedAt, durationMs } = report;
  const rooms = [...new Set(findings.map((one) => one.room))];
  const isEmpty = findings.length === 0;
  const counts = isEmpty ? { tests: 1, failures: 0, errors: 1, skipped: 0 } : countsOf(findings);
  const suites = rooms.map((room) =>
    writeSuite(
      room,
      findings.filter((one) => one.room === room),
      startedAt,
    ),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: title, ...counts, time: seconds(durationMs) })}>`,
    ...(isEmpty ? [writeRefusal(report)] : suites),
    '</testsuites>',
    '',
  ].join('\n');
}
