import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listChanges } from '../../../src/domain/approvals/evidence.ts';
import { judgeDecision } from '../../../src/domain/approvals/judge-decision.ts';
import type { ApprovalPayload } from '../../../src/domain/approvals/payload.ts';
import type { DecisionRule } from '../../../src/domain/approvals/rule.ts';
import type { SignOff } from '../../../src/domain/approvals/sign-off.ts';
import { makeEvidence } from '../../../src/ledger/approvals/make-evidence.ts';
import { approvalOf, ITEMS } from '../../support/approvals.ts';

const ROLES = ['product-owner', 'engineering-lead', 'devops-lead'];
const NOW = makeEvidence(ITEMS);
const RULE: DecisionRule = {
  point: 1,
  roles: ROLES,
  quorum: 3,
  least: new Map(),
  isSingleOperator: false,
};

let nth = 0;
const said = (over: Partial<ApprovalPayload> = {}, more: Partial<SignOff> = {}): SignOff => {
  nth += 1;
  return { id: `a-${nth}`, payload: approvalOf({ nonce: `n-${nth}`, ...over }), items: ITEMS, ...more };
};
const pat = said({ person: 'pat', role: 'product-owner' });
const robin = said({ person: 'robin', role: 'engineering-lead' });
const sam = said({ person: 'sam', role: 'devops-lead' });
const states = (signOffs: readonly SignOff[], rule: Partial<DecisionRule> = {}, evidence = NOW) => {
  const { lines, ...more } = judgeDecision({ ...RULE, ...rule }, signOffs, evidence);
  return { ...more, said: lines.map(({ state }) => state), why: lines.map(({ why }) => why ?? '') };
};

describe('a decision', () => {
  it('DP-1a, DAY-12, DAY-13, DAY-14: is complete when each role has a GO, and names who is missing', () => {
    expect(states([])).toMatchObject({ isComplete: false, missing: ROLES });
    expect(states([pat, robin])).toMatchObject({ isComplete: false, missing: ['devops-lead'] });
    expect(states([pat, robin, sam])).toMatchObject({ isComplete: true, missing: [] });
    expect(states([pat, sam], { quorum: 2 })).toMatchObject({ isComplete: true, missing: [] });
  });

  it('NG-08: is a no as soon as one says no, and stays so until that one says otherwise', () => {
    const no = said({ person: 'sam', role: 'devops-lead', decision: 'no-go' });
    expect(states([pat, robin, sam, no])).toMatchObject({ isComplete: false, noGo: [no] });
    const other = said({ person: 'alex', role: 'devops-lead' });
    expect(states([pat, robin, no, other])).toMatchObject({ isComplete: false, noGo: [no] });
    const back = said({ person: 'sam', role: 'devops-lead', decision: 'revoked' });
    expect(states([pat, robin, no, back])).toMatchObject({ noGo: [], missing: ['devops-lead'] });
    expect(states([pat, robin, no, sam]).isComplete).toBe(true);
  });

  it('DP-1b: does not count what was signed on other evidence, and says which item changed', () => {
    const now = makeEvidence([
      ...ITEMS.slice(0, 1),
      { key: 'tests.e2e', says: 'fail, 94.1 %', mark: 'fail' },
    ] as never);
    const { said: words, why, isComplete } = states([pat, robin, sam], {}, now);
    expect([words, isComplete]).toEqual([['stale', 'stale', 'stale'], false]);
    expect(why[0]).toBe('evidence changed after signing: tests.e2e: pass, 98.2 % → fail, 94.1 %');
    expect(listChanges(ITEMS, [])).toEqual([
      'commit: c0ffee1 → not there',
      'tests.e2e: pass, 98.2 % → not there',
    ]);
    // A NO-GO is never out of date.
    const no = said({ person: 'sam', role: 'devops-lead', decision: 'no-go', evidence: 'other' });
    expect(states([no], {}, now).noGo).toEqual([no]);
  });

  it('takes one sign-off of a person, and one of a key, unless one operator does it all', () => {
    const both = said({ person: 'pat', role: 'engineering-lead' });
    const { said: words, why } = states([pat, both]);
    expect(words.slice(0, 2)).toEqual(['go', 'refused']);
    expect(why[1]).toBe('the same person signed already, as product-owner');
    const keys = [pat, robin].map((one) => ({ ...one, key: 'SHA256:same' }));
    expect(states(keys).why[1]).toBe('the same key signed already, for pat');
    const alone = [pat, both, said({ person: 'pat', role: 'devops-lead' })];
    expect(states(alone, { isSingleOperator: true }).isComplete).toBe(true);
  });

  it('counts no sign-off of whoever deploys, where the runbook says so', () => {
    expect(states([pat, robin, sam], { excluded: 'sam' })).toMatchObject({
      isComplete: false,
      said: ['go', 'go', 'refused'],
    });
  });

  it('counts nothing that proves less than the runbook demands', () => {
    const least = new Map([['product-owner', 'ssh-signed' as const]]);
    const { said: words, why } = states([pat, robin], { least });
    expect([words[0], words[1]]).toEqual(['refused', 'go']);
    expect(why[0]).toBe('self-declared, and product-owner has to be ssh-signed');
  });

  it('lets nothing take a word back that proves less than it did', () => {
    const signed = said({ person: 'sam', role: 'devops-lead', decision: 'no-go', method: 'ssh-signed' });
    for (const decision of ['revoked', 'go'] as const) {
      const weak = said({ person: 'sam', role: 'devops-lead', decision });
      const { noGo, refused } = states([signed, weak]);
      expect(noGo).toEqual([signed]);
      expect(refused).toEqual([
        { signOff: weak, why: 'self-declared takes nothing back that was ssh-signed' },
      ]);
    }
  });

  it('takes a NO-GO that nobody can prove for one, and a GO for none', () => {
    const fault = { kind: 'proof', why: 'the key is unknown' } as const;
    const no = said({ person: 'sam', role: 'devops-lead', decision: 'no-go' }, { fault });
    expect(states([pat, robin, no]).noGo).toEqual([no]);
    const go = said({ person: 'sam', role: 'devops-lead' }, { fault });
    expect(states([pat, robin, go])).toMatchObject({ isComplete: false, missing: ['devops-lead'] });
    const stranger = said(
      { person: 'eve', role: 'devops-lead', decision: 'no-go' },
      {
        fault: { kind: 'right', why: 'eve is not listed' },
      },
    );
    expect(states([pat, robin, sam, stranger]).isComplete).toBe(true);
  });
});

const anySignOff = fc
  .record({
    person: fc.constantFrom('pat', 'robin', 'sam', 'alex'),
    role: fc.constantFrom(...ROLES),
    decision: fc.constantFrom('go', 'go', 'no-go', 'revoked'),
    method: fc.constantFrom('ssh-signed', 'self-declared', 'proxy'),
    evidence: fc.constantFrom(NOW.digest, 'other'),
    isFaulty: fc.boolean(),
  })
  .map(({ isFaulty, ...over }) =>
    said(over as Partial<ApprovalPayload>, isFaulty ? { fault: { kind: 'proof', why: 'no' } } : {}),
  );

describe('whatever people sign', () => {
  it('NG-08: a NO-GO at the end never leaves a decision complete', () => {
    fc.assert(
      fc.property(fc.array(anySignOff), fc.constantFrom(...ROLES), (before, role) => {
        const no = said({ person: 'robin', role, decision: 'no-go', method: 'proxy' });
        return !judgeDecision(RULE, [...before, no], NOW).isComplete;
      }),
    );
  });

  it('what is complete rests on as many different people as it needs, on this evidence, none of them faulty', () => {
    fc.assert(
      fc.property(fc.array(anySignOff, { maxLength: 30 }), fc.integer({ min: 1, max: 3 }), (all, quorum) => {
        const { isComplete, lines, noGo } = judgeDecision({ ...RULE, quorum }, all, NOW);
        const go = lines.flatMap(({ state, signOff }) => (state === 'go' && signOff ? [signOff] : []));
        const people = new Set(go.map(({ payload }) => payload.person));
        const isSound = go.every(
          ({ payload, fault }) => payload.evidence === NOW.digest && fault === undefined,
        );
        return (
          isSound && people.size === go.length && isComplete === (go.length >= quorum && noGo.length === 0)
        );
      }),
    );
  });

  it('nothing that is faulty makes a decision more complete than it is without it', () => {
    fc.assert(
      fc.property(fc.array(anySignOff), (all) => {
        const sound = all.filter(({ fault }) => fault === undefined);
        return !judgeDecision(RULE, all, NOW).isComplete || judgeDecision(RULE, sound, NOW).isComplete;
      }),
    );
  });
});
