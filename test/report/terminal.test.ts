import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../src/engine/events.ts';
import { makePaint } from '../../src/report/color.ts';
import { widthOf } from '../../src/report/display-width.ts';
import { emptyBoard, foldBoard } from '../../src/report/terminal-board.ts';
import {
  type Canvas,
  drawDetails,
  drawFrame,
  drawLeftover,
  MOST_ROWS,
} from '../../src/report/terminal-frame.ts';
import {
  checkResult,
  gateStarted,
  planOf,
  runStarted,
  stepDone,
  stepStarted,
} from '../support/run-events.ts';

const canvas = (change: Partial<Canvas> = {}): Canvas => ({
  columns: 80,
  rows: 24,
  ascii: false,
  paint: makePaint(false),
  now: 31_000,
  spin: '⠋',
  ...change,
});
const foldAll = (events: readonly EngineEvent[]) =>
  events.reduce((board, event) => foldBoard(board, event, 1000), emptyBoard(0));

const deploy = foldAll([
  runStarted(planOf(8)),
  stepStarted('announce'),
  stepDone('announce', '#releases'),
  stepStarted('back-up'),
  stepDone('back-up', 'br-quiet-sun-a1'),
  stepStarted('merge'),
  { type: 'step.warned', name: 'merge', code: 'E_X', said: 'slow push' },
  stepDone('merge', 'main 77d0e1c'),
  stepStarted('maintenance-on'),
  { type: 'step.told', name: 'maintenance-on', said: 'asked the application' },
]);

describe('the live view', () => {
  it('looks so at 80×24', () => {
    expect(drawFrame(deploy, canvas()).join('\n')).toMatchInlineSnapshot(`
      "  ✔ Do announce for v2.1.0 · #releases                                      1 s
        ✔ Do back-up for v2.1.0 · br-quiet-sun-a1                                 1 s
        ▲ Do merge for v2.1.0 · main 77d0e1c                                      1 s
        ⠋ Do maintenance-on for v2.1.0 · no news for 30 s · asked…  30 s / usual 40 s
        ○ Do migrate for v2.1.0
        ○ Do publish for v2.1.0
        ○ Do prove-live for v2.1.0
        ○ Do warm-up for v2.1.0
        T+00:31   Ctrl-C stops after the current step"
    `);
  });

  it('looks so at 40×10', () => {
    expect(drawFrame(deploy, canvas({ columns: 40, rows: 10 })).join('\n')).toMatchInlineSnapshot(`
      "  ✔ Do announce for v2.1.0 · #rel…  1 s
        ✔ Do back-up for v2.1.0 · br-qu…  1 s
        ▲ Do merge for v2.1.0 · main 77…  1 s
        ⠋ Do maintenance-on for v2.1.0…  30 s
        ○ Do migrate for v2.1.0
        ○ Do publish for v2.1.0
        T+00:31   Ctrl-C stops after the cur…"
    `);
  });

  it('looks so in plain characters', () => {
    expect(drawFrame(deploy, canvas({ ascii: true })).join('\n')).toMatchInlineSnapshot(`
      "  [ok]   Do announce for v2.1.0 - #releases                                 1 s
        [ok]   Do back-up for v2.1.0 - br-quiet-sun-a1                            1 s
        [warn] Do merge for v2.1.0 - main 77d0e1c                                 1 s
        [..]   Do maintenance-on for v2.1.0 - no news for 30 s - ~  30 s / usual 40 s
        [  ]   Do migrate for v2.1.0
        [  ]   Do publish for v2.1.0
        [  ]   Do prove-live for v2.1.0
        [  ]   Do warm-up for v2.1.0
        T+00:31   Ctrl-C stops after the current step"
    `);
  });

  it('collapses a thousand checks into their rooms', () => {
    const ids = Array.from({ length: 1000 }, (_, i) => `room${i % 4}.check-${i}`);
    const results = ids.slice(0, 900).map((id, i) => checkResult(id, i === 3 ? { outcome: 'fail' } : {}));
    const frame = drawFrame(foldAll([gateStarted(ids), ...results]), canvas());
    expect(frame).toHaveLength(5);
    expect(frame[3]).toContain('225/250');
    expect(frame[3]).toContain('check-3: pool 31 %');
  });

  it('never has more than fifteen live rows, nor a line that would wrap', () => {
    const long = foldAll([runStarted(planOf(40)), stepStarted('step-30')]);
    for (const size of [
      { columns: 80, rows: 50 },
      { columns: 40, rows: 10 },
      { columns: 24, rows: 5 },
    ]) {
      const frame = drawFrame(long, canvas(size));
      expect(frame.length - 1).toBeLessThanOrEqual(Math.min(MOST_ROWS, size.rows - 2));
      for (const line of frame) expect(widthOf(line)).toBeLessThan(size.columns);
      expect(frame.join('\n')).toContain('step-30');
    }
  });

  it('says no time in the first second of a step, and none for what takes no time', () => {
    const board = foldAll([
      runStarted(planOf(2)),
      { type: 'step.done', name: 'announce', how: 'effect', tookMs: 0, said: 'go' },
      stepStarted('back-up'),
    ]);
    const [first, second] = drawFrame(board, canvas({ now: 1999 }));
    expect(first).toMatch(/✔ Do announce for v2\.1\.0 · go\s*$/);
    expect(second).toMatch(/Do back-up for v2\.1\.0 {2,}usual 40 s$/);
    expect(drawFrame(board, canvas({ now: 2000 }))[1]).toMatch(/ 1 s \/ usual 40 s$/);
  });

  it('says a title once, also when that is all that a step has to say of itself', () => {
    const title = 'Do announce for v2.1.0';
    const board = foldAll([runStarted(planOf(2)), stepStarted('announce'), stepDone('announce', title)]);
    expect(drawFrame(board, canvas())[0]?.split('announce')).toHaveLength(2);
  });

  it('says when a step has been silent for a while', () => {
    expect(drawFrame(deploy, canvas({ now: 10_000 })).join('\n')).not.toContain('no news');
    expect(drawFrame(deploy, canvas()).join('\n')).toContain('no news for 30 s');
  });

  it('answers Ctrl-C in its footer', () => {
    const board = foldBoard(deploy, { type: 'stopping', after: 'Migrate', usualMs: 40_000 }, 1);
    expect(drawFrame(board, canvas()).at(-1)).toContain(
      'Press Ctrl-C again to stop now. Stopping after "Migrate" (usually',
    );
  });

  it('lets no escape sequence of foreign text reach the screen', () => {
    const board = foldBoard(deploy, { type: 'step.told', name: 'maintenance-on', said: '\u001b[2J\nx' }, 1);
    expect(drawFrame(board, canvas()).join('|')).not.toMatch(/[\u001b\n]/);
  });
});

describe('what stays on the screen', () => {
  it('is every step of a run, and nothing of a gate alone', () => {
    expect(drawLeftover(deploy, canvas())).toHaveLength(8);
    expect(drawLeftover(foldAll([gateStarted(['a.b'])]), canvas())).toEqual([]);
  });

  it('is the last words of a failed step, below the list', () => {
    const told: EngineEvent[] = Array.from({ length: 30 }, (_, i) => ({
      type: 'step.told',
      name: 'migrate',
      said: `line ${i}`,
    }));
    const failed: EngineEvent = { type: 'step.failed', name: 'migrate', code: 'E_X', said: 'no table' };
    const board = [stepStarted('migrate'), ...told, failed].reduce((b, e) => foldBoard(b, e, 1), deploy);
    const details = drawDetails(board, 80);
    expect(details[1]).toBe('  migrate failed: no table');
    expect(details).toHaveLength(22);
    expect(details.at(-1)).toBe('    line 29');
  });

  it('ux 2.4: is wrapped between its words, however narrow the screen is', () => {
    const said = 'the lock of assessments was not given within three seconds, four times '.repeat(2).trim();
    const told: EngineEvent = { type: 'step.told', name: 'migrate', said };
    const failed: EngineEvent = { type: 'step.failed', name: 'migrate', code: 'E_X', said };
    const board = [stepStarted('migrate'), told, failed].reduce((b, e) => foldBoard(b, e, 1), deploy);
    for (const columns of [40, 80]) {
      const details = drawDetails(board, columns);
      expect(Math.max(...details.map(widthOf))).toBeLessThanOrEqual(columns);
      expect(details.join(' ').replace(/\s+/g, ' ').trim()).toBe(`migrate failed: ${said} ${said}`);
    }
  });

  it('keeps the step in sight while a message far above it has no answer yet', () => {
    const board = foldAll([
      runStarted(planOf(40)),
      { ...stepStarted('announce'), beside: true } as EngineEvent,
      stepStarted('step-38'),
    ]);
    const frame = drawFrame(board, canvas());
    expect(frame.some((line) => line.includes('Do step-38'))).toBe(true);
  });
});
