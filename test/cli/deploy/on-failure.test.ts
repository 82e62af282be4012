import { describe, expect, it } from 'vitest';
import { readOnFailure } from '../../../src/cli/deploy/on-failure.ts';
import { makeRunbook } from '../../support/policy.ts';
import { makeTestContext } from '../../support/test-context.ts';

function choose(said: string | undefined, canAsk: boolean, yes: boolean, configured?: string) {
  const { context } = makeTestContext({ terminal: { canAsk }, flags: { yes } });
  const runbook = makeRunbook(configured ? { onFailure: configured } : {});
  return readOnFailure(said ? { onFailure: said } : {}, context, { runbook });
}

describe('what becomes of a deploy that failed half way', () => {
  it('is asked of the person at the terminal', () => {
    expect(choose(undefined, true, false)).toBe('ask');
    expect(choose(undefined, true, false, 'rollback')).toBe('ask');
  });

  it('stays as it is in a script, unless the configuration says rollback', () => {
    expect(choose(undefined, false, true)).toBe('stop');
    expect(choose(undefined, true, true)).toBe('stop');
    expect(choose(undefined, false, true, 'rollback')).toBe('rollback');
  });

  it('is what the command line says, and never a question that nobody could answer', () => {
    expect(choose('rollback', true, false)).toBe('rollback');
    expect(choose('stop', false, true, 'rollback')).toBe('stop');
    expect(() => choose('ask', false, true)).toThrow(expect.objectContaining({ code: 'E_FLAG_REFUSED' }));
  });
});
