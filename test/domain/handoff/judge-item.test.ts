import { describe, expect, it } from 'vitest';
import type { DecisionState } from '../../../src/domain/approvals/judge-decision.ts';
import { judgeHandoff } from '../../../src/domain/handoff/judge-handoff.ts';
import { type Answer, judgeItem } from '../../../src/domain/handoff/judge-item.ts';
import { judgeItems } from '../../../src/domain/handoff/judge-items.ts';
import { readIssues } from '../../../src/domain/handoff/known-issues.ts';
import { joinProofs, type Proof } from '../../../src/domain/handoff/proof.ts';

const item = (mode: 'auto' | 'both' | 'person', more = {}) =>
  ({ id: 'b1', rows: ['HOP-01'], group: 'Code', text: 'Frozen', mode, ...more }) as const;
const proof = (state: Proof['state'], mark?: string): Proof => ({
  state,
  said: `it is ${state}`,
  from: 'source.frozen',
  ...(mark === undefined ? {} : { mark }),
});
const answer = (mark: string, text = 'yes'): Answer => ({
  text,
  by: 'Sam',
  at: '2026-11-30T10:00:00Z',
  mark,
});

describe('an item of a handoff', () => {
  it('is ticked by evidence alone when evidence is all it takes', () => {
    expect(judgeItem(item('auto'), proof('holds'), undefined).state).toBe('done');
  });

  it.each(['not', 'unknown'] as const)(
    'stays open while evidence says "%s", whoever says otherwise',
    (state) => {
      expect(judgeItem(item('auto'), proof(state), undefined).state).toBe('open');
      expect(judgeItem(item('both'), proof(state), answer(state)).state).toBe('open');
    },
  );

  it('does not apply where nothing could know it, unless a person is asked too', () => {
    expect(judgeItem(item('auto'), proof('absent'), undefined).state).toBe('na');
    expect(judgeItem(item('auto'), undefined, undefined).state).toBe('na');
    expect(judgeItem(item('both'), proof('absent'), undefined).state).toBe('open');
    expect(judgeItem(item('both'), proof('absent'), answer('absent')).state).toBe('done');
  });

  it('shows the evidence to the person whose word is still missing', () => {
    expect(judgeItem(item('both'), proof('holds'), undefined)).toMatchObject({
      state: 'open',
      said: 'it is holds',
      next: '--answer b1="…"',
    });
  });

  it('is stale when the evidence is another one since it was answered, not when it was measured again', () => {
    expect(judgeItem(item('both'), proof('holds', 'e2'), answer('holds e1')).state).toBe('stale');
    expect(judgeItem(item('both'), proof('holds'), answer('holds')).state).toBe('done');
  });

  it('is asked only where another answer calls for it', () => {
    const known = { ...item('person'), id: 'a10' };
    const listed = { ...item('person', { onlyWhen: { item: 'a10', says: 'listed' } }), id: 'a11' };
    const states = (said: string) =>
      judgeItems([known, listed], new Map(), new Map([['a10', answer('absent', said)]])).map(
        ({ state }) => state,
      );
    expect(states('none')).toEqual(['done', 'na']);
    expect(states('listed')).toEqual(['done', 'open']);
  });
});

describe('several proofs of one item', () => {
  it('hold together only when none objects and none is unknown', () => {
    expect(joinProofs([proof('holds'), proof('holds')]).state).toBe('holds');
    expect(joinProofs([proof('holds'), proof('absent')]).state).toBe('holds');
    expect(joinProofs([proof('holds'), proof('unknown')]).state).toBe('unknown');
    expect(joinProofs([proof('unknown'), proof('not')]).state).toBe('not');
    expect(joinProofs([]).state).toBe('absent');
  });
});

describe('known issues', () => {
  it('are read with severity and workaround, and refused without', () => {
    expect(readIssues('PDF slow / p3 / it drains; login odd / P2 / reload')).toEqual([
      { what: 'PDF slow', severity: 'P3', workaround: 'it drains' },
      { what: 'login odd', severity: 'P2', workaround: 'reload' },
    ]);
    expect(readIssues('PDF slow')).toBeUndefined();
    expect(readIssues('PDF slow / P3 / it drains; login odd')).toBeUndefined();
    expect(readIssues('')).toBeUndefined();
  });
});

describe('a handoff', () => {
  const done = judgeItem(item('auto'), proof('holds', 'c1'), undefined);
  const unknown = judgeItem(item('auto'), proof('unknown'), undefined);
  const signed = (isComplete: boolean) => ({ isComplete }) as unknown as DecisionState;

  it('is complete when nothing is open and every role has signed', () => {
    expect(judgeHandoff([done], signed(true)).complete).toBe(true);
    expect(judgeHandoff([done], signed(false)).complete).toBe(false);
    expect(judgeHandoff([unknown], signed(true))).toMatchObject({ complete: false, open: [unknown] });
  });

  it('needs no signature where nobody has to sign', () => {
    expect(judgeHandoff([done], undefined).complete).toBe(true);
  });
});
