import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { makePaint } from '../../src/report/color.ts';
import { widthOf } from '../../src/report/display-width.ts';
import { makeTerminal } from '../../src/report/terminal.ts';
import { planOf, runStarted, stepDone, stepStarted } from '../support/run-events.ts';
import { makeSteppedClock } from '../support/stepped-clock.ts';

function start() {
  const stream = Object.assign(new PassThrough(), { columns: 80, rows: 24 });
  let drawn = '';
  stream.on('data', (part) => {
    drawn += part;
  });
  const view = makeTerminal({
    stream: stream as unknown as NodeJS.WriteStream,
    clock: makeSteppedClock().clock,
    paint: makePaint(false),
    ascii: false,
  });
  const resize = (columns: number, rows: number): void => {
    Object.assign(stream, { columns, rows });
    stream.emit('resize');
  };
  return { view, drawn: () => drawn, resize };
}

describe('the live view over listr2', () => {
  it('leaves every step on the screen and the cause below the list', async () => {
    const { view, drawn } = start();
    view.emit(runStarted(planOf(2)));
    view.emit(stepStarted('announce'));
    view.emit(stepDone('announce', '#releases'));
    view.emit(stepStarted('back-up'));
    view.emit({ type: 'step.failed', name: 'back-up', code: 'E_X', said: 'no branch' });
    await view.close();
    const end = drawn().slice(drawn().lastIndexOf('✔ Do announce'));
    expect(end).toContain('#releases');
    expect(end.indexOf('back-up failed: no branch')).toBeGreaterThan(end.indexOf('✖ Do back-up'));
  });

  it('takes no signal and claims no terminal: both are not its to decide', async () => {
    const before = { handlers: process.listenerCount('SIGINT'), isTty: process.stdout.isTTY };
    const { view } = start();
    view.emit(runStarted(planOf(2)));
    expect({ handlers: process.listenerCount('SIGINT'), isTty: process.stdout.isTTY }).toEqual(before);
    await view.close();
  });

  it('F25: fits the screen that is there now, however its size changed in the middle', async () => {
    const { view, drawn, resize } = start();
    view.emit(runStarted(planOf(8)));
    view.emit(stepStarted('announce'));
    resize(30, 8);
    const before = drawn().length;
    view.emit(stepDone('announce', '#releases'));
    await view.close();
    const plain = stripVTControlCharacters(drawn().slice(before));
    const lines = plain.split('\n').filter((line) => line.trim() !== '');
    expect(lines.length).toBeGreaterThan(1);
    expect(Math.max(...lines.map(widthOf))).toBeLessThan(30);
  });

  it('draws nothing when nothing happened', async () => {
    const { view, drawn } = start();
    await view.close();
    expect(drawn()).toBe('');
  });
});
