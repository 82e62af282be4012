import { describe, expect, it } from 'vitest';
import type { RollbackStanding } from '../../../src/cli/facts/read-rollback-facts.ts';
import { type Known, sayCode, sayCovered, sayKnown } from '../../../src/cli/rollback/say-code.ts';
import { makeRunbook } from '../../support/policy.ts';

const runbook = makeRunbook();
const codeAway = { because: 'Fetching failed.', seenAt: '2025-10-01T13:50:00.000Z' };
const at = (strategy: string) => ({ host: { strategy } }) as Known['environment'];
const known = (over: Partial<Known> = {}): Known => ({ runbook, environment: at('command'), ...over });
const standing = (facts: object = {}, later: readonly object[] = []) =>
  ({
    facts: {
      to: 'v2.0.3',
      commit: 'c'.repeat(40),
      main: 'a'.repeat(40),
      treeIsThere: false,
      covers: [],
      ...facts,
    },
    later,
  }) as unknown as RollbackStanding;
const say = (over: Partial<Known>, facts: object = {}, later: readonly object[] = []) =>
  sayCode(standing(facts, later), known(over))
    .map(([label, text]) => `${label} ${text}`)
    .join('\n');

describe('how the code goes back, in a plan', () => {
  it('F76: without the remote: which build, who publishes it, and that main waits', () => {
    expect(say({ codeAway })).toContain('of v2.0.3 the host has a build (ccccccc); the host publishes it');
    expect(say({ codeAway })).toContain('the run ends there with 7 and waits');
    for (const strategy of ['push', 'manual'])
      expect(say({ codeAway, environment: at(strategy) })).toContain("in the host's own console");
  });

  it('F76: says how old the names are that it goes by, in the time of the people', () => {
    expect(sayKnown(known({ codeAway }))).toContain('on Wed 1 Oct 09:50 EDT');
    expect(sayKnown(known())).toBe('ledger, tags, application and database');
    expect(sayKnown(known({ isBlind: true }))).toContain('WITHOUT the ledger');
  });

  it('E-32: main that stays is told apart from main that has the tree', () => {
    expect(say({}, { treeIsThere: true }, [{}])).toContain('never got what is left; it stays');
    expect(say({}, { treeIsThere: true })).toContain('has this tree already');
  });

  it('E-32: names five commits that are taken from main, and how many more', () => {
    const covers = ['1', '2', '3', '4', '5', '6', '7'].map((n) => `${n} "fix" by Jo`);
    const lines = sayCovered(standing({ covers }));
    expect(lines).toHaveLength(7);
    expect(lines.at(-1)).toEqual(['', 'and 2 more']);
    expect(sayCovered(standing())).toEqual([]);
  });
});
