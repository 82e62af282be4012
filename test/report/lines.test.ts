import { afterEach, describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../src/engine/events.ts';
import { makeLines } from '../../src/report/lines.ts';
import { makeQuiet } from '../../src/report/quiet.ts';
import type { Renderer } from '../../src/report/renderer.ts';
import {
  checkResult,
  gateStarted,
  planOf,
  runStarted,
  stepDone,
  stepStarted,
} from '../support/run-events.ts';
import { makeSteppedClock } from '../support/stepped-clock.ts';

let open: Renderer | undefined;
afterEach(() => open?.close());

function start() {
  const lines: string[] = [];
  const time = makeSteppedClock();
  open = makeLines({ write: (line) => lines.push(line), clock: time.clock });
  return { lines, time, emit: open.emit };
}

describe('lines for pipes and CI', () => {
  it('says a finding with time, outcome, what was seen and how long it took', async () => {
    const { lines, time, emit } = start();
    await time.advance(12_000);
    emit(checkResult('database.pool-headroom'));
    expect(lines).toEqual(['+00:12 PASS database.pool-headroom   pool 31 % (limit 80 %)   180 ms']);
  });

  it('says who waived a finding and why', () => {
    const { lines, emit } = start();
    emit(checkResult('a.b', { outcome: 'fail', waived: { check: 'a.b', by: 'Dana', reason: 'known' } }));
    expect(lines[0]).toContain('FAIL a.b');
    expect(lines[0]).toContain('waived by Dana: known');
  });

  it('says the start and the end of a step', async () => {
    const { lines, time, emit } = start();
    emit(runStarted(planOf(2)));
    emit(stepStarted('migrate'));
    await time.advance(31_000);
    emit(stepDone('migrate', 'schema 0042'));
    expect(lines).toEqual([
      '+00:00 RUN r-1 start   2 steps   deploy v2.1.0 on production',
      '+00:00 STEP migrate start   Do migrate for v2.1.0',
      '+00:31 STEP migrate done 1 s   schema 0042',
    ]);
  });

  it('names no environment for a preparation, which changes none', () => {
    const { lines, emit } = start();
    emit(runStarted({ ...planOf(2), command: 'prepare' }));
    expect(lines[0]).toBe('+00:00 RUN r-1 start   2 steps   prepare v2.1.0');
  });

  it('gives a sign of life each half minute while a step is silent', async () => {
    const { lines, time, emit } = start();
    emit(stepStarted('migrate'));
    for (let half = 0; half < 4; half += 1) await time.advance(30_000);
    expect(lines.slice(1)).toEqual([
      '+01:00 … migrate still running (1 min, usually 40 s)',
      '+01:30 … migrate still running (1 min 30 s, usually 40 s)',
      '+02:00 … migrate still running (2 min, usually 40 s)',
    ]);
  });

  it('gives that sign of the step, whatever begins and ends beside it', async () => {
    const { lines, time, emit } = start();
    emit(stepStarted('publish'));
    emit({ ...stepStarted('announce'), beside: true } as EngineEvent);
    emit(stepDone('announce'));
    for (let half = 0; half < 2; half += 1) await time.advance(30_000);
    expect(lines.at(-1)).toBe('+01:00 … publish still running (1 min, usually 40 s)');
  });

  it('names the checks that a gate still waits for', async () => {
    const { lines, time, emit } = start();
    emit(gateStarted(['a.fast', 'a.slow']));
    emit(checkResult('a.fast'));
    await time.advance(30_000);
    await time.advance(30_000);
    expect(lines.at(-1)).toBe('+01:00 … preflight still waiting for a.slow (1 min)');
  });

  it('is silent when nothing runs', async () => {
    const { lines, time } = start();
    for (let half = 0; half < 4; half += 1) await time.advance(30_000);
    expect(lines).toEqual([]);
  });

  it('says once why checks are left out', () => {
    const { lines, emit } = start();
    const absent = [
      'drift.code: no set-up: none',
      'web.tls: web not configured',
      'drift.host: no set-up: none',
    ];
    emit({ type: 'gate.started', gate: 'preflight', checks: [], absent });
    expect(lines.at(-1)).toContain(
      'NOTE not asked: drift.code, drift.host (no set-up: none); web.tls (web not configured)',
    );
  });

  it('keeps one event on one line and lets no escape sequence through', () => {
    const { lines, emit } = start();
    emit(checkResult('a.b', { outcome: 'fail', said: 'two\nlines \u001b[2Jand a clear screen' }));
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/[\u001b\n]/);
  });
});

describe('quiet', () => {
  it('says only what went wrong, and the answer to Ctrl-C', () => {
    const lines: string[] = [];
    const quiet = makeQuiet((line) => lines.push(line));
    quiet.emit(stepStarted('migrate'));
    quiet.emit({ type: 'stopping', after: 'Migrate', usualMs: 40_000 });
    quiet.emit({ type: 'step.failed', name: 'migrate', code: 'E_X', said: 'no table' });
    expect(lines).toEqual([
      'STOP Stopping after "Migrate" (usually 40 s). Press Ctrl-C again to stop now.',
      'FAIL migrate   no table   E_X',
    ]);
  });
});
