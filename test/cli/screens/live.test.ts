import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../src/engine/events.ts';
import { makePaint } from '../../../src/report/color.ts';
import { widthOf } from '../../../src/report/display-width.ts';
import { emptyBoard, foldBoard } from '../../../src/report/terminal-board.ts';
import { drawFrame } from '../../../src/report/terminal-frame.ts';
import { drawWatch } from '../../../src/report/watch-screen/draw-screen.ts';
import { burning, calm } from '../../report/watch-screen/scenes.ts';
import {
  checkResult,
  gateStarted,
  planOf,
  runStarted,
  stepDone,
  stepStarted,
} from '../../support/run-events.ts';

interface Canvas {
  readonly columns: number;
  readonly rows: number;
  readonly ascii: boolean;
  readonly color: boolean;
}

const boardOf = (events: readonly EngineEvent[]) =>
  events.reduce((board, event) => foldBoard(board, event, 1000), emptyBoard(0));
const ids = Array.from({ length: 60 }, (_, i) => `room-${i % 20}.check-${i}`);
const gate = [
  gateStarted(ids),
  checkResult('room-3.check-3', { outcome: 'fail', said: '青木 花子 '.repeat(30) }),
];
const deploy = [
  runStarted(planOf(40)),
  stepStarted('announce'),
  stepDone('announce', '発表しました。'.repeat(20)),
  stepStarted('back-up'),
];
const boards = {
  ...{ gate: boardOf(gate), deploy: boardOf(deploy), 'gate of a deploy': boardOf([...deploy, ...gate]) },
  stopping: boardOf([...deploy, { type: 'stopping', after: 'Migrate', usualMs: 40_000 }]),
};
const noted = { ...calm, recent: Array.from({ length: 30 }, () => `  10:41:20  ${'遅い '.repeat(40)}`) };

const areas: Record<string, (canvas: Canvas) => readonly string[]> = {
  ...Object.fromEntries(
    Object.entries(boards).map(([name, board]) => [
      name,
      ({ color, ...canvas }: Canvas) =>
        drawFrame(board, { ...canvas, paint: makePaint(color), now: 31_000, spin: canvas.ascii ? '-' : '⠋' }),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries({ calm, burning, noted }).map(([name, scene]) => [
      `watch, ${name}`,
      ({ color, ...canvas }: Canvas) => drawWatch(scene, { ...canvas, paint: makePaint(color) }),
    ]),
  ),
};

const ESC = String.fromCharCode(27);
const SIZES = [
  [80, 24],
  [40, 10],
  [200, 50],
  [40, 8],
] as const;

describe.each(Object.entries(areas))('ux 2.5, 9.5: the live area of %s', (_, draw) => {
  for (const [columns, rows] of SIZES)
    for (const ascii of [false, true]) {
      const how = `${columns}x${rows}${ascii ? ' in plain letters' : ''}`;
      const size = { columns, rows, ascii, color: false };

      it(`is never higher than the screen less two rows, nor as wide, at ${how}`, () => {
        const lines = draw(size);
        expect(lines.length).toBeLessThanOrEqual(rows - 2);
        for (const line of lines) expect(widthOf(line), line).toBeLessThan(columns);
      });

      it(`has plain letters and no colour where asked, at ${how}`, () => {
        const text = draw(size).join('\n');
        expect(text).not.toContain(ESC);
        if (ascii) expect(text).toMatch(/^[\n\x20-\x7e]*$/);
      });

      it(`has a word beside each of its signs, at ${how}`, () => {
        for (const line of draw(size))
          if (/[✔▲✖◐○⊘]|\[(?:ok|warn|FAIL|\?\?)\]/.test(line)) expect(line).toMatch(/\p{L}{2}/u);
      });
    }
});
