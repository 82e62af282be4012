import { sayDuration } from '../../../domain/duration.ts';
import type { LedgerEvent } from '../../../ledger/event.ts';
import { findDetected } from '../../../ledger/find-detected.ts';
import type { RunState } from '../../../ledger/fold.ts';
import type { Span } from '../../chart/cut-line.ts';
import { listClosed } from '../../kept-out.ts';
import { type Bar, type BarKind, drawGantt, type GanttRow } from '../draw/gantt.ts';
import { listMoments, type Moment } from '../draw/time-axis.ts';
import { findGravest, listCalls } from '../find-call.ts';
import type { Html } from '../html.ts';
import { listMessages } from '../list-messages.ts';
import { figure, table } from '../parts.ts';
import type { Report } from '../report.ts';
import { makeTimeWords } from '../time-words.ts';
import { endOf } from './answers.ts';

const WORDS = {
  deploy: 'Deployment of',
  rollback: 'Rollback to',
  prepare: 'Preparation of',
  smoke: 'Smoke tests of',
};
const KINDS: Readonly<Partial<Record<RunState['end'], BarKind>>> = {
  unsafe: 'bad',
  failed: 'bad',
  reverted: 'bad',
  open: 'open',
  paused: 'wait',
};

const ms = (iso: string): number => Date.parse(iso);

const sayBar = ({ from, to }: Bar): string =>
  to === undefined ? 'no end on record' : sayDuration(to - from);

/** `35 s in 2`: how long in all; of bars without an end their number alone. */
function sayBars(bars: readonly Bar[]): string {
  const [first] = bars;
  if (bars.length === 1 && first !== undefined) return sayBar(first);
  if (bars.some(({ to }) => to === undefined)) return `${bars.length} ×`;
  const sum = bars.reduce((all, { from, to = from }) => all + to - from, 0);
  return `${sayDuration(sum)} in ${bars.length}`;
}

const rowOf = (label: string, bars: readonly Bar[]): GanttRow => ({ label, said: sayBars(bars), bars });

function runRow(run: RunState): GanttRow {
  const { plan, end, startedAt, endedAt } = run;
  const to = endedAt === undefined ? undefined : ms(endedAt);
  return rowOf(`${WORDS[plan.command]} ${plan.version}`, [
    { from: ms(startedAt), to, kind: KINDS[end] ?? 'work' },
  ]);
}

/** Watches by their own records: from the first to the last event of each. */
function watchRows(events: readonly LedgerEvent[]): readonly GanttRow[] {
  const seen = new Map<string, { version: string; from: number; to: number; isOver: boolean }>();
  for (const event of events) {
    if (!event.type.startsWith('watch.') || event.type === 'watch.noted') continue;
    const version = 'version' in event.data ? String(event.data.version) : '';
    const known = seen.get(event.run) ?? { version, from: ms(event.at), to: ms(event.at), isOver: false };
    seen.set(event.run, { ...known, to: ms(event.at), isOver: known.isOver || event.type === 'watch.ended' });
  }
  return [...seen.values()].map(({ version, from, to, isOver }) =>
    rowOf(`Watch of ${version}`, [{ from, to: isOver ? to : undefined, kind: 'work' }]),
  );
}

function callRows(events: readonly LedgerEvent[], end: number): readonly GanttRow[] {
  const calls = listCalls(events);
  const rules = [...new Set(calls.map(({ rule }) => rule))];
  return rules.map((rule) => {
    const own = calls.filter((one) => one.rule === rule);
    const worst = findGravest(own);
    const bars = own.map(({ at, clearedAt }): Bar => ({ from: at, to: clearedAt ?? end, kind: 'bad' }));
    return rowOf(`${worst?.severity} called by rule ${rule}`, bars);
  });
}

function listAll({ story: { runs, events } }: Report, end: number): readonly GanttRow[] {
  const closed = listClosed(runs, events) ?? [];
  const out = closed.map(({ from, to }): Bar => ({ from, to, kind: 'out' }));
  return [
    ...runs.slice(0, 1).map(runRow),
    ...watchRows(events),
    ...callRows(events, end),
    ...runs.slice(1).map(runRow),
    ...(out.length === 0 ? [] : [rowOf('Users kept out (maintenance mode)', out)]),
  ];
}

/** The moments that the story is read by, from the ledger alone. */
function listMarks({ story: { deploy, rollback, events } }: Report): readonly Moment[] {
  const severity = typeof rollback?.request.severity === 'string' ? rollback.request.severity : 'P2';
  const call = findGravest(listCalls(events));
  const detected = call?.at ?? (rollback && ms(findDetected(events, rollback.plan.from, severity) ?? ''));
  const notes = events.flatMap((event) =>
    event.type === 'watch.noted' && event.data.severity !== undefined
      ? [
          {
            at: ms(event.at),
            said: `${event.data.severity} declared by ${event.data.by}: ${event.data.text}`,
          },
        ]
      : [],
  );
  const all = [
    deploy && { at: ms(deploy.startedAt), said: `deployment of ${deploy.plan.version} begun` },
    deploy?.end === 'completed' && {
      at: ms(endOf(deploy)),
      said: `${deploy.plan.version} live, by the end of its deployment`,
    },
    detected !== undefined &&
      Number.isFinite(detected) && {
        at: detected,
        said: call === undefined ? 'detected' : `${call.severity} called: ${call.rule} at ${call.series}`,
      },
    rollback && { at: ms(rollback.startedAt), said: `rollback to ${rollback.plan.version} begun` },
    rollback?.endedAt !== undefined && { at: ms(rollback.endedAt), said: `rollback ended: ${rollback.said}` },
    ...notes,
  ];
  return all.flatMap((one) => one || []).sort((a, b) => a.at - b.at);
}

const spanOf = (rows: readonly GanttRow[], moments: readonly Moment[]): Span => {
  const times = [
    ...rows.flatMap(({ bars }) => bars.flatMap(({ from, to }) => [from, to ?? from])),
    ...moments.map(({ at }) => at),
  ];
  const from = Math.min(...times);
  return [from, Math.max(from + 1000, ...times)];
};

/** Those that fall into the story: what is sent days later would leave no room for it. */
function messageRows(report: Report, [from, to]: Span): readonly GanttRow[] {
  const messages = listMessages(report.story).filter(({ at }) => at >= from && at <= to);
  const bars = messages.map(
    ({ at, state }): Bar => ({ from: at, to: at, kind: state === 'sent' ? 'told' : 'bad' }),
  );
  return bars.length === 0 ? [] : [{ label: 'Messages to people', said: `${bars.length} ×`, bars }];
}

/** Everything on one axis: runs, watches, what called, when users were kept out and what people were told. */
export function writeOverview(report: Report): Html {
  const { story, runbook } = report;
  const words = makeTimeWords(runbook.timezone);
  const end = Math.max(...story.runs.map((run) => ms(endOf(run))));
  const [rows, moments] = [listAll(report, end), listMarks(report)];
  const span = spanOf(rows, moments);
  const zero = ms((story.runs[0] ?? story.subject).startedAt);
  const title = 'The whole of it';
  const finding = moments.map(({ at, said }) => `${words.exact(at)} ${said}`).join('; ') || 'One run alone.';
  const numbers = table(
    'Spans of the whole',
    ['What', 'From', 'To', 'How long'],
    rows.flatMap(({ label, bars }) =>
      bars.map((bar) => [
        label,
        words.exact(bar.from),
        bar.to === undefined ? '?' : words.exact(bar.to),
        sayBar(bar),
      ]),
    ),
    [1, 2, 3],
  );
  const picture = drawGantt({
    ...{ id: 'whole', title, finding, span, zero, moments, words },
    rows: [...rows, ...messageRows(report, span)],
  });
  const zone = `Clock times are ${words.zoneName(span[0])}; T+ counts from ${words.exact(zero)}.`;
  return figure({ id: 'whole', title, finding: zone, picture, legend: listMoments(moments, words), numbers });
}
