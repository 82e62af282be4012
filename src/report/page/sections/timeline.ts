import { sayDuration } from '../../../domain/duration.ts';
import { makeRollbackClock } from '../../../domain/rollback-clock.ts';
import type { LedgerEvent } from '../../../ledger/event.ts';
import { findDetected } from '../../../ledger/find-detected.ts';
import type { RunState } from '../../../ledger/fold.ts';
import type { Span } from '../../chart/cut-line.ts';
import { type Bar, type BarKind, drawGantt, type GanttRow } from '../draw/gantt.ts';
import { anchor, type Html, html } from '../html.ts';
import { listPauses, listRows, type StepRow } from '../list-rows.ts';
import { figure, outcome, type Section, table } from '../parts.ts';
import type { Report } from '../report.ts';
import { makeTimeWords } from '../time-words.ts';
import { endOf } from './answers.ts';
import { writeOverview } from './overview.ts';

const MARKS = {
  done: ['pass', 'done'],
  'left-out': ['skip', 'left out'],
  failed: ['fail', 'failed'],
  warned: ['warn', 'not done'],
  doubt: ['unknown', 'in doubt'],
  none: ['skip', 'not begun'],
} as const;

const KINDS = {
  done: 'work',
  'left-out': 'wait',
  failed: 'bad',
  warned: 'warn',
  doubt: 'open',
  none: 'wait',
} as const;

function barsOf({ state, firstAt, from, to }: StepRow): readonly Bar[] {
  if (from === undefined) return [];
  const earlier: readonly Bar[] =
    firstAt !== undefined && firstAt < from ? [{ from: firstAt, to: from, kind: 'wait' }] : [];
  return [...earlier, { from, to, kind: KINDS[state] }];
}

const tookOf = ({ from, to }: StepRow): string =>
  from === undefined || to === undefined || to === from ? '' : sayDuration(to - from);

const sayRow = (row: StepRow): string => {
  const word = row.state === 'done' ? '' : MARKS[row.state][1];
  return [word, tookOf(row)].filter(Boolean).join(' · ');
};

const rowOf = (row: StepRow): GanttRow => ({ label: row.title, said: sayRow(row), bars: barsOf(row) });

/** What the picture of a run shows: how many steps, the longest, and what did not go well. */
function sayFinding(rows: readonly StepRow[], run: RunState): string {
  const took = sayDuration(Date.parse(endOf(run)) - Date.parse(run.startedAt));
  const done = rows.filter(({ state }) => state === 'done').length;
  const bad = rows.filter(({ state }) => state === 'failed' || state === 'warned' || state === 'doubt');
  const timed = rows.filter(
    ({ kind, from, to }) => kind === 'step' && from !== undefined && to !== undefined,
  );
  const longest = timed.reduce<StepRow | undefined>(
    (a, b) => (a && Number(a.to) - Number(a.from) >= Number(b.to) - Number(b.from) ? a : b),
    undefined,
  );
  const slow =
    longest === undefined ? '' : ` The longest was “${longest.title}”, ${tookOf(longest) || 'at once'}.`;
  const trouble = bad.length === 0 ? '' : ` Not well: ${bad.map(({ title }) => `“${title}”`).join(', ')}.`;
  return `${done} of ${rows.length} entries done in ${took}.${slow}${trouble}`;
}

function spanOf(run: RunState, rows: readonly StepRow[]): Span {
  const from = Date.parse(run.startedAt);
  const ends = rows.flatMap(({ to }) => to ?? []);
  return [from, Math.max(from + 1000, Date.parse(endOf(run)), ...ends)];
}

function deadlineOf(run: RunState, { runbook, story }: Report) {
  if (run.plan.command !== 'rollback') return undefined;
  const severity = String(run.request.severity ?? '');
  const detectedAt = findDetected(story.events, run.plan.from, severity);
  const clock = makeRollbackClock(severity, { detectedAt, startedAt: run.startedAt }, runbook.severities);
  return clock?.doneBy === undefined ? undefined : { at: clock.doneBy, said: `${severity}: back by here` };
}

const pausesOf = (run: string, events: readonly LedgerEvent[]): readonly GanttRow[] => {
  const pauses = listPauses(run, events);
  const bars = pauses.map(([from, to]): Bar => ({ from, to, kind: 'wait' }));
  return pauses.length === 0 ? [] : [{ label: 'The run stood still', said: `${pauses.length} ×`, bars }];
};

function stepTable(rows: readonly StepRow[], run: RunState, zone: string): Html {
  const words = makeTimeWords(zone);
  const started = Date.parse(run.startedAt);
  return table(
    `Steps of ${run.run}`,
    ['Entry', 'State', 'Began', 'T+', 'Took', 'Tries', 'What came of it'],
    rows.map((row) => [
      html`<span id="${anchor(`step-${run.run.slice(-4)}`, row.name)}">${row.title}</span>`,
      outcome(MARKS[row.state][0], MARKS[row.state][1]),
      row.from === undefined ? '' : words.exact(row.from),
      row.from === undefined ? '' : sayDuration(Math.max(0, row.from - started)),
      tookOf(row),
      row.tries > 1 ? row.tries : '',
      row.said,
    ]),
    [2, 3, 4, 5],
  );
}

const TITLES = {
  deploy: 'Deployment of',
  rollback: 'Rollback to',
  prepare: 'Preparation of',
  smoke: 'Smoke tests of',
};

function writeRun(run: RunState, report: Report): Html {
  const { timezone: zone } = report.runbook;
  const rows = listRows(run, report.story.events);
  const title = `${TITLES[run.plan.command]} ${run.plan.version}, step by step`;
  const finding = sayFinding(rows, run);
  const id = `run-${run.run.replace(/[^\w-]/g, '')}`;
  const words = makeTimeWords(zone);
  const deadline = deadlineOf(run, report);
  const all = [...rows.map(rowOf), ...pausesOf(run.run, report.story.events)];
  const picture = drawGantt({
    id,
    title,
    finding,
    rows: all,
    span: spanOf(run, rows),
    zero: Date.parse(run.startedAt),
    moments: [],
    words,
    ...(deadline ? { deadline } : {}),
  });
  return figure({
    id,
    title,
    finding,
    picture,
    numbers: stepTable(rows, run, zone),
  });
}

const KEY: readonly (readonly [BarKind, string])[] = [
  ['work', 'at work'],
  ['wait', 'waiting, or an earlier try'],
  ['bad', 'failed, or called for a rollback'],
  ['warn', 'not done, gone past'],
  ['out', 'users kept out'],
  ['open', 'no end on record'],
  ['told', 'message sent'],
];

/** Of the patterns that stand in the pictures below it; a reader looks for each of the others. */
const drawKey = ({ text }: Html): Html =>
  html`<ul class="key">${KEY.filter(([kind]) => text.includes(`class="bar ${kind}`)).map(([kind, word]) => html`<li><svg width="26" height="10" aria-hidden="true"><rect class="bar ${kind}" x="1" y="0" width="24" height="9" rx="1.5"/></svg>${word}</li>`)}</ul>`;

/** What happened when: the whole of it, then each run step by step. */
export function writeTimeline(report: Report): Section {
  const drawn = html`${writeOverview(report)}${report.story.runs.map((run) => writeRun(run, report))}`;
  return { id: 'timeline', title: 'Timeline', body: html`${drawKey(drawn)}${drawn}` };
}
