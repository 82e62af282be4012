import { describe, expect, it } from 'vitest';
import type { Plan, PlanEntry } from '../../src/domain/plan.ts';
import type { LedgerEvent } from '../../src/ledger/event.ts';
import type { EntryState, RunState } from '../../src/ledger/fold.ts';
import { foldPhases } from '../../src/ledger/fold-phases.ts';
import { makePaint } from '../../src/report/color.ts';
import { sayPrepared } from '../../src/report/prepared-text.ts';
import { sayStrip } from '../../src/report/strip-text.ts';
import { wrapWords } from '../../src/report/table.ts';

const look = { paint: makePaint(false), ascii: false, columns: 80 };
const entries = [
  { kind: 'sign-off', name: 'decision-1', point: 1 },
  { kind: 'gate', name: 'gate-smoke', gate: 'smoke' },
] as unknown as readonly PlanEntry[];
const done = (fact: object = {}) => ({ state: 'done', done: fact }) as unknown as EntryState;

const runOf = (end: RunState['end'], states: Record<string, EntryState> = {}): RunState =>
  ({
    ...{ run: 'r', end, entries: states, endedAt: '2025-10-01T14:10:00.000Z' },
    plan: { command: 'deploy', version: 'v2.1.0', entries } as unknown as Plan,
  }) as unknown as RunState;
const event = (type: string, data: object): LedgerEvent =>
  ({ type, at: '2025-10-01T14:20:00.000Z', data: { version: 'v2.1.0', ...data } }) as unknown as LedgerEvent;

/** A name and its sign are joined by a blank at which no line breaks. */
const read = (text: string): string => text.replaceAll('\u00a0', ' ');
const said = (run: RunState, events: readonly LedgerEvent[] = []) =>
  read(sayStrip(foldPhases(events, run), look));
const LIVE = runOf('completed', { 'decision-1': done({ missing: [] }), 'gate-smoke': done() });

describe('the way of a release on one line', () => {
  it.each([
    [runOf('open', { 'decision-1': done() }), 'approve ✔── deploy ◐── smoke ○── watch ○── complete ○'],
    [LIVE, 'approve ✔── deploy ✔── smoke ✔── watch ○── complete ○'],
  ])('is as far as the ledger says', (run, strip) => expect(said(run)).toBe(strip));

  it('calls nothing done that was passed without an answer, and nothing complete that was left', () => {
    const passed = runOf('completed', {
      'decision-1': done({ missing: ['devops-lead'] }),
      'gate-smoke': done(),
    });
    expect(said(passed)).toMatch(/^approve ○── deploy ✔/);
    const left = [event('watch.begun', {}), event('watch.ended', { state: 'stopped' })];
    expect(said(LIVE, left)).toMatch(/watch ⊘── complete ○$/);
    expect(said(LIVE, left.slice(0, 1))).toMatch(/watch ◐── complete ○$/);
    expect(said(LIVE, [event('watch.ended', { state: 'complete' })])).toMatch(/watch ✔── complete ✔$/);
  });

  it('breaks between two phases, never between a name and its sign', () => {
    for (const width of [12, 20, 30])
      for (const line of wrapWords(sayStrip(foldPhases([], LIVE), look), width))
        expect(line).toMatch(/^\p{L}/u);
  });

  it('shows where a deploy stopped', () => {
    const failed = { state: 'failed' } as unknown as EntryState;
    expect(said(runOf('failed', { 'gate-smoke': failed }))).toBe(
      'approve ○── deploy ⊘── smoke ⊘── watch ○── complete ○',
    );
  });

  it('is plain where a terminal has no other letters, and is not drawn in a pipe', () => {
    expect(sayStrip(foldPhases([], LIVE), { ...look, ascii: true })).toContain('[ok]-- deploy[ok]--');
    const versions = [{ version: 'v2.2.0', candidate: 'v2.2.0-rc.1', at: '', since: '', days: [] }];
    expect(sayPrepared({ versions }, '2025-10-01').join('\n')).not.toContain('──');
    expect(read(sayPrepared({ versions }, '2025-10-01', look).join('\n'))).toContain(
      'prepare ✔── deploy ○── smoke ○── watch ○── complete ○',
    );
  });
});
