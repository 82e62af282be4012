import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCiGap, judgeCi, type SeenCheck, sumCi } from '../../src/domain/weigh-ci.ts';

const make = (name: string, state: SeenCheck['state']): SeenCheck => ({ name, state, word: state });
const RULES = { required: [], ignore: [] };
const answer = (
  all: readonly SeenCheck[],
  rules = RULES as { required: string[]; ignore: string[] },
): string => {
  const sum = sumCi(all, rules);
  return findCiGap(sum) === undefined ? judgeCi(sum).outcome : 'unknown';
};

describe('the pipeline of a commit', () => {
  it('PRE-08: leads to one verdict for every list of checks', () => {
    const state = fc.constantFrom('passed', 'failed', 'open', 'left-out');
    fc.assert(
      fc.property(fc.array(state), (states) => {
        const all = states.map((one, i) => make(`c${i}`, one));
        const has = (one: string): boolean => states.includes(one as SeenCheck['state']);
        const wanted = has('failed') ? 'fail' : has('open') || !has('passed') ? 'unknown' : 'pass';
        expect(answer(all)).toBe(wanted);
      }),
    );
  });

  it('PRE-08: nothing at all, and nothing but skipped checks, are not known', () => {
    expect(answer([])).toBe('unknown');
    expect(answer([make('a', 'left-out')])).toBe('unknown');
  });

  it('PRE-08: a required check must have succeeded itself', () => {
    const rules = { required: ['build', 'e2e'], ignore: [] };
    expect(answer([make('build', 'passed'), make('e2e', 'passed')], rules)).toBe('pass');
    expect(answer([make('build', 'passed')], rules)).toBe('unknown');
    expect(answer([make('build', 'passed'), make('e2e', 'left-out')], rules)).toBe('unknown');
    expect(answer([make('build', 'passed'), make('e2e', 'passed'), make('e2e', 'failed')], rules)).toBe(
      'fail',
    );
  });

  it('PRE-08: what is not required warns, and what is ignored is not heard', () => {
    const rules = { required: ['build'], ignore: ['release'] };
    expect(answer([make('build', 'passed'), make('docs', 'failed')], rules)).toBe('warn');
    expect(answer([make('build', 'passed'), make('docs', 'open')], rules)).toBe('pass');
    expect(
      answer([make('build', 'passed'), make('release', 'open')], { required: [], ignore: ['release'] }),
    ).toBe('pass');
  });
});
