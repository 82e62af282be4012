import { describe, expect, it } from 'vitest';
import { Restless } from '../../../src/domain/watch/restless.ts';
import type { Level } from '../../../src/domain/watch/rule.ts';

/** How each change of a rule is told; `at` in seconds. */
function tell(changes: readonly (readonly [at: number, severity: Level])[], rule = 'probes'): string[] {
  const restless = new Restless();
  return changes.map(([at, severity]) =>
    restless.take({ rule, severity, at: new Date(at * 1000).toISOString() }),
  );
}

describe('a rule that goes to and fro', () => {
  it('is told three times in five minutes, then that it does, then not at all', () => {
    const changes = [0, 10, 20, 30, 40, 50].map((at, i) => [at, i % 2 === 0 ? 'hold' : 'ok'] as const);
    expect(tell(changes)).toEqual(['said', 'said', 'said', 'restless', 'unsaid', 'unsaid']);
  });

  it('RBC-P1-3: is told whenever it calls, and that it no longer does', () => {
    const calm = [0, 10, 20, 30, 40].map((at, i) => [at, i % 2 === 0 ? 'hold' : 'ok'] as const);
    expect(tell([...calm, [50, 'P1'], [60, 'ok'], [70, 'hold']]).slice(5)).toEqual([
      'said',
      'said',
      'unsaid',
    ]);
  });

  it('is told again when it has kept still', () => {
    const changes = [0, 10, 20, 30, 400].map((at) => [at, 'hold'] as const);
    expect(tell(changes).at(-1)).toBe('said');
  });

  it('takes nothing from others', () => {
    const restless = new Restless();
    const at = new Date(0).toISOString();
    for (let i = 0; i < 9; i += 1) restless.take({ rule: 'probes', severity: 'hold', at });
    expect(restless.take({ rule: 'errors', severity: 'hold', at })).toBe('said');
  });
});
