import { plural } from '../../../domain/plural.ts';
import type { LedgerEvent } from '../../../ledger/event.ts';
import type { Story } from '../../../ledger/find-story.ts';
import type { RecordedFinding } from '../../../ledger/recorded-finding.ts';
import { anchor, type Html, html } from '../html.ts';
import { more, outcome, type Section, table } from '../parts.ts';
import type { Report } from '../report.ts';
import { makeTimeWords, type TimeWords } from '../time-words.ts';
import { sayName } from './answers.ts';

type Decided = Extract<LedgerEvent, { type: 'gate.decided' }>;

const CALLS = { go: ['pass', 'GO'], hold: ['warn', 'HOLD'], 'no-go': ['fail', 'NO-GO'] } as const;
const ORDER = ['fail', 'unknown', 'warn', 'pass', 'skip'] as const;
/** Gates that are shown beside each other; the newest. */
const MOST_GATES = 6;

const listGates = (events: readonly LedgerEvent[]): readonly Decided[] =>
  events.filter((event): event is Decided => event.type === 'gate.decided');

/** `smoke in rollback to v2.1.0`: a gate that a run asked is of that run. */
function nameOf({ data, step, run }: Decided, runs: Story['runs']): string {
  const own = step === undefined ? undefined : runs.find((one) => one.run === run);
  return `${data.gate}${own === undefined ? '' : ` in ${sayName(own)}`}${data.part === true ? ', a part' : ''}`;
}

const roomOf = (check: string): string => check.split('.')[0] ?? check;

/** `✖ 1 fail`, `✔ 12 pass`: what is worst first. */
function sayRoom(findings: readonly RecordedFinding[]): Html | string {
  if (findings.length === 0) return '–';
  return html`${ORDER.flatMap((word) => {
    const count = findings.filter((one) => one.outcome === word).length;
    return count === 0 ? [] : [html`${outcome(word, `${count} ${word}`)} `];
  })}`;
}

function drawMatrix(gates: readonly Decided[], words: TimeWords, runs: Story['runs']): Html | undefined {
  const rooms = [
    ...new Set(gates.flatMap(({ data }) => (data.findings ?? []).map(({ check }) => roomOf(check)))),
  ];
  const rows = rooms
    .sort()
    .map((room) => [
      room,
      ...gates.map(({ data }) =>
        sayRoom((data.findings ?? []).filter(({ check }) => roomOf(check) === room)),
      ),
    ]);
  if (rows.length === 0) return undefined;
  const head = gates.map((gate) => `${nameOf(gate, runs)}, ${words.exact(Date.parse(gate.at))}`);
  return table('Modules and gates', ['Module', ...head], rows);
}

/** The call of each gate, also of those that kept no findings. */
function listCalls(gates: readonly Decided[], words: TimeWords, runs: Story['runs']): Html {
  const hasReasons = gates.some(({ data }) => data.because.length > 0);
  return table(
    'Gates in the order in which they were asked',
    ['Gate', 'When', 'Call', ...(hasReasons ? ['Because of'] : [])],
    gates.map((gate) => {
      const [mark, word] = CALLS[gate.data.call];
      return [
        nameOf(gate, runs),
        words.exact(Date.parse(gate.at)),
        outcome(mark, word),
        ...(hasReasons ? [gate.data.because.join(', ')] : []),
      ];
    }),
  );
}

/** The newest answer of each check. */
const newestOf = (gates: readonly Decided[]): readonly RecordedFinding[] => [
  ...new Map(gates.flatMap(({ data }) => data.findings ?? []).map((one) => [one.check, one])).values(),
];

function sayFinding({ said, remedy, cut, waived, noRecord }: RecordedFinding): Html {
  const words = noRecord === true ? 'not on record' : (said ?? '');
  return html`${words}${cut === true && ' (cut)'}${remedy !== undefined && html`<br><small>To do: ${remedy}</small>`}${waived !== undefined && html`<br><small>Waived by ${waived.by}: ${waived.reason}</small>`}`;
}

const rowOf = (one: RecordedFinding) => [
  html`<span id="${anchor('check', one.check)}">${one.check}</span>`,
  outcome(one.outcome, one.outcome),
  sayFinding(one),
];

const HEAD = ['Check', 'Outcome', 'What was found'];
const isWell = ({ outcome: word }: RecordedFinding): boolean => word === 'pass' || word === 'skip';

/** What is not as it should be stands open; the rest is there for who looks for it. */
function writeFindings(findings: readonly RecordedFinding[]): Html {
  const sorted = findings.toSorted((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome));
  const [open, well] = [sorted.filter((one) => !isWell(one)), sorted.filter(isWell)];
  return html`${open.length > 0 && table('To look at', HEAD, open.map(rowOf), [], 'blocks')}${well.length > 0 && more(`${plural(well.length, 'check')} as it should be, or left out`, table('As it should be, or left out', HEAD, well.map(rowOf), [], 'blocks'))}`;
}

/** What was asked before and during the runs, module by gate, and what was found. */
export function writeChecks({ story: { events, runs }, runbook }: Report): Section | undefined {
  const words = makeTimeWords(runbook.timezone);
  const gates = listGates(events);
  if (gates.length === 0) return undefined;
  const asking = gates.filter(({ data }) => (data.findings ?? []).length > 0).slice(-MOST_GATES);
  const newest = newestOf(gates);
  return {
    id: 'checks',
    title: 'Checks',
    body: html`${listCalls(gates, words, runs)}${drawMatrix(asking, words, runs)}${writeFindings(newest)}`,
  };
}
