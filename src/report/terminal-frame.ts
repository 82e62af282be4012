import { sayDuration, seconds } from '../domain/duration.ts';
import type { Finding, Outcome } from '../domain/finding.ts';
import { oneLine } from '../domain/screen-text.ts';
import type { Paint } from './color.ts';
import { glyph, glyphWidth, type Mark, toAscii } from './glyphs.ts';
import { sayElapsed } from './lines-say.ts';
import { cutTo, padTo, wrapWords } from './table.ts';
import type { Board, Room, Row } from './terminal-board.ts';

/** What a frame is drawn for. `spin` is the current picture of the spinner. */
export interface Canvas {
  readonly columns: number;
  readonly rows: number;
  readonly ascii: boolean;
  readonly paint: Paint;
  readonly now: number;
  readonly spin: string;
}

/** listr2 redraws everything for each change: more live rows than this and it burns a core (benchmarks 0.2). */
export const MOST_ROWS = 15;

/** Rooms of a gate that stand below the steps of a run. */
const MOST_ROOMS = 3;

/** A step that says nothing for this long says so itself. */
const SILENT_MS = seconds(15);

const WORST: readonly Outcome[] = ['fail', 'unknown', 'warn', 'pass', 'skip'];

const isDone = (room: Room): boolean => room.findings.length >= room.total;

const markOf = (room: Room): Mark =>
  isDone(room)
    ? (WORST.find((outcome) => room.findings.some((f) => f.outcome === outcome)) ?? 'pass')
    : 'running';

const isTrouble = (finding: Finding): boolean => ['fail', 'unknown', 'warn'].includes(finding.outcome);

function paintMark(mark: Mark | 'waiting', canvas: Canvas): string {
  const { ascii, paint, spin } = canvas;
  const sign =
    mark === 'waiting' ? (ascii ? '[  ]' : '○') : mark === 'running' && !ascii ? spin : glyph(mark, ascii);
  const text = padTo(sign, glyphWidth(ascii));
  if (mark === 'pass') return paint.good(text);
  if (mark === 'fail') return paint.bad(text);
  return mark === 'warn' || mark === 'unknown' ? paint.warn(text) : paint.dim(text);
}

/** Text cut to the screen: a line that wraps breaks the redraw. */
const cutForScreen = (text: string, width: number, { ascii }: Canvas): string =>
  ascii ? cutTo(toAscii(text), width, '~') : cutTo(text, width);

/** `  ✔ what it is about      time`, one column short of the screen. */
function line(canvas: Canvas, mark: Mark | 'waiting', about: string, time: string): string {
  const gap = time === '' ? 0 : 2;
  const room = Math.max(1, canvas.columns - glyphWidth(canvas.ascii) - 4 - gap - time.length);
  const text = cutForScreen(oneLine(about), room, canvas);
  const head = `  ${paintMark(mark, canvas)} `;
  return time === '' ? `${head}${text}` : `${head}${padTo(text, room)}  ${canvas.paint.dim(time)}`;
}

function drawRoom(room: Room, canvas: Canvas): string {
  const trouble = room.findings.find(isTrouble);
  const detail = trouble ? `${trouble.check.split('.').slice(1).join('.')}: ${trouble.said}` : '';
  const about = `${padTo(room.room, 18)} ${room.findings.length}/${room.total}  ${detail}`;
  return line(canvas, markOf(room), about, '');
}

const WIDE = 60;

/** Gates and decisions take no time of their own. */
const sayTook = (tookMs: number): string => (tookMs < 1 ? '' : sayDuration(tookMs));

/** Whole seconds, and none in the first: the picture of the spinner says that it has begun. */
function timeOf(row: Row, { now, columns }: Canvas): string {
  if (row.tookMs !== undefined) return sayTook(row.tookMs);
  if (row.mark !== 'running' || row.startedAt === undefined) return '';
  const whole = Math.floor((now - row.startedAt) / 1000);
  const elapsed = whole < 1 ? [] : [sayDuration(whole * 1000)];
  const usual = row.usualMs === undefined || columns < WIDE ? [] : [`usual ${sayDuration(row.usualMs)}`];
  return [...elapsed, ...usual].join(' / ');
}

function detailOf(row: Row, now: number): string {
  const silence = now - (row.heardAt ?? now);
  if (row.mark !== 'running' || silence < SILENT_MS) return row.said;
  return `no news for ${sayDuration(Math.floor(silence / 1000) * 1000)}${row.said ? ` · ${row.said}` : ''}`;
}

/** The title that stands in the plan above, and what the step says of itself beside it. */
function aboutRow(row: Row, now: number): string {
  const detail = detailOf(row, now);
  return detail === '' || detail === row.title ? row.title : `${row.title} · ${detail}`;
}

const drawRow = (row: Row, canvas: Canvas): string =>
  line(canvas, row.mark, aboutRow(row, canvas.now), timeOf(row, canvas));

/** The rows around the one that runs, so that the view never outgrows the screen. */
function windowOf<T>(rows: readonly T[], focus: number, room: number): readonly T[] {
  const first = Math.max(0, Math.min(focus - Math.floor(room / 2), rows.length - room));
  return rows.slice(first, first + room);
}

/** The last one that runs: what goes beside it stands above it. */
const focusOf = (rows: readonly Row[]): number => {
  const running = rows.findLastIndex((row) => row.mark === 'running');
  if (running >= 0) return running;
  const waiting = rows.findIndex((row) => row.mark === 'waiting');
  return waiting < 0 ? rows.length : waiting;
};

function drawFooter(board: Board, canvas: Canvas): string {
  const time = sayElapsed(canvas.now - board.startedAt).replace('+', 'T+');
  return cutForScreen(
    `  ${time}   ${board.footer || (board.rows.length > 0 ? 'Ctrl-C stops after the current step' : 'Ctrl-C stops')}`,
    canvas.columns - 1,
    canvas,
  );
}

const liveRows = (canvas: Canvas): number => Math.max(1, Math.min(MOST_ROWS, canvas.rows - 4));

/** The live view: at most 15 rows and a footer, never higher than the screen less two lines. */
export function drawFrame(board: Board, canvas: Canvas): string[] {
  const room = liveRows(canvas);
  const rooms = board.rooms.filter((r) => board.rows.length === 0 || !isDone(r));
  const gateRows = windowOf(
    rooms,
    rooms.findIndex((r) => !isDone(r)),
    board.rows.length === 0 ? room : Math.min(MOST_ROOMS, room - 1),
  );
  const rowRoom = Math.max(1, room - (board.rows.length === 0 ? 0 : gateRows.length));
  const rows = windowOf(board.rows, focusOf(board.rows), rowRoom);
  return [
    ...rows.map((row) => drawRow(row, canvas)),
    ...gateRows.map((r) => drawRoom(r, canvas)),
    drawFooter(board, canvas),
  ];
}

/** What stays on the screen: every step of a run. A gate alone leaves nothing, its result follows on stdout. */
export const drawLeftover = (board: Board, canvas: Canvas): string[] =>
  board.rows.map((row) => drawRow(row, canvas));

/**
 * Printed below the list when a step failed, because a list that moves hides what matters (lint-staged#1157). Nothing is redrawn
 * there: lines are wrapped between words and not cut.
 */
export function drawDetails(board: Board, columns: number): string[] {
  const failed = board.rows.find((row) => row.mark === 'fail');
  if (failed === undefined) return [];
  const wrap = (text: string): string[] => wrapWords(text, columns - 4);
  const [first = '', ...more] = wrap(`${failed.name} failed: ${oneLine(failed.said, 400)}`);
  const below = [...more, ...failed.told.flatMap((said) => wrap(oneLine(said)))];
  return ['', `  ${first}`, ...below.map((line) => `    ${line}`)];
}
