import type { Finding } from '../domain/finding.ts';
import type { EngineEvent } from '../engine/events.ts';
import type { Mark } from './glyphs.ts';
import { sayStoppingInRow } from './lines-say.ts';

/** A room's checks as one row: a thousand checks are never a thousand rows. */
export interface Room {
  readonly room: string;
  readonly total: number;
  readonly findings: readonly Finding[];
}

/** An entry of the plan as one row. Times are monotonic milliseconds. */
export interface Row {
  readonly name: string;
  readonly title: string;
  readonly mark: Mark | 'waiting';
  readonly said: string;
  readonly usualMs?: number;
  readonly startedAt?: number;
  readonly tookMs?: number;
  /** When the row last said something; silence is shown. */
  readonly heardAt?: number;
  /** The last lines it told, for the details below a failure. */
  readonly told: readonly string[];
}

/** Everything the live view shows, folded from the engine's events. */
export interface Board {
  readonly startedAt: number;
  readonly rooms: readonly Room[];
  readonly rows: readonly Row[];
  readonly footer: string;
}

export const emptyBoard = (startedAt: number): Board => ({ startedAt, rooms: [], rows: [], footer: '' });

const KEPT_LINES = 20;

function seatChecks(checks: Extract<EngineEvent, { type: 'gate.started' }>['checks']): Room[] {
  const totals = new Map<string, number>();
  for (const { room } of checks) totals.set(room, (totals.get(room) ?? 0) + 1);
  return [...totals].map(([room, total]) => ({ room, total, findings: [] }));
}

const changeRow = (board: Board, name: string, change: (row: Row) => Partial<Row>): Board => ({
  ...board,
  rows: board.rows.map((row) => (row.name === name ? { ...row, ...change(row) } : row)),
});

const addFinding = (board: Board, finding: Finding): Board => ({
  ...board,
  rooms: board.rooms.map((room) =>
    room.room === finding.room ? { ...room, findings: [...room.findings, finding] } : room,
  ),
});

const rowsOf = (event: Extract<EngineEvent, { type: 'run.started' }>): Row[] =>
  event.plan.entries.map(({ name, title, usualMs }) => ({
    name,
    title,
    mark: event.done.includes(name) ? 'pass' : 'waiting',
    said: event.done.includes(name) ? 'done earlier' : '',
    told: [],
    ...(usualMs === undefined ? {} : { usualMs }),
  }));

/** The board after one more event, heard at `at`. */
export function foldBoard(board: Board, event: EngineEvent, at: number): Board {
  switch (event.type) {
    case 'gate.started':
      return { ...board, rooms: seatChecks(event.checks) };
    case 'check.result':
      return addFinding(board, event.finding);
    case 'run.started':
      return { ...board, rows: rowsOf(event), rooms: [] };
    case 'decision.due':
      return { ...board, footer: `Decision ${event.point}, ${event.title}: ${event.roles.join(', ')}` };
    case 'stopping':
      return { ...board, footer: sayStoppingInRow(event.after, event.usualMs) };
    default:
      return foldStep(board, event, at);
  }
}

function foldStep(board: Board, event: EngineEvent, at: number): Board {
  switch (event.type) {
    case 'step.started':
      return changeRow(board, event.name, () => ({ mark: 'running', startedAt: at, heardAt: at }));
    case 'step.told':
    case 'step.settling':
      return changeRow(board, event.name, ({ told }) => ({
        said: event.said,
        heardAt: at,
        told: [...told, event.said].slice(-KEPT_LINES),
      }));
    case 'step.done':
      return changeRow(board, event.name, ({ mark }) => ({
        mark: mark === 'warn' ? 'warn' : 'pass',
        said: event.how === 'earlier' ? 'done earlier' : event.said,
        tookMs: event.tookMs,
      }));
    case 'step.warned':
      return changeRow(board, event.name, () => ({ mark: 'warn', said: event.said }));
    case 'step.failed':
      return changeRow(board, event.name, () => ({ mark: 'fail', said: event.said }));
    default:
      return board;
  }
}
