import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { makePaint } from '../../src/report/color.ts';
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
  return { view, drawn: () => drawn };
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
    const end = drawn().slice(drawn().lastIndexOf('✔ announce'));
    expect(end).toContain('#releases');
    expect(end.indexOf('back-up failed: no branch')).toBeGreaterThan(end.indexOf('✖ back-up'));
  });

  it('takes no signal and claims no terminal: both are not its to decide', async () => {
    const before = { handlers: process.listenerCount('SIGINT'), isTty: process.stdout.isTTY };
    const { view } = start();
    view.emit(runStarted(planOf(2)));
    expect({ handlers: process.listenerCount('SIGINT'), isTty: process.stdout.isTTY }).toEqual(before);
    await view.close();
  });

  it('draws nothing when nothing happened', async () => {
    const { view, drawn } = start();
    await view.close();
    expect(drawn()).toBe('');
  });
});
