import { describe, expect, it } from 'vitest';
import {
  judgeParts,
  type PartOutcome,
  type RehearsedPart,
} from '../../../src/domain/rollback-rehearsal/rollback-rehearsal.ts';

const part = (outcome: PartOutcome): RehearsedPart => ({ name: 'code', outcome, said: 'seen', tookMs: 1 });
const judged = (...outcomes: PartOutcome[]) => judgeParts(outcomes.map(part));

describe('what the parts of a rehearsal amount to', () => {
  it('is proven only where every part is ok', () => {
    expect(judged('ok', 'ok')).toBe('proven');
  });

  it('is not known where one part has no answer, and never proven', () => {
    expect(judged('ok', 'unknown', 'ok')).toBe('unknown');
  });

  it('is not proven where one part went wrong, whatever else is not known', () => {
    expect(judged('unknown', 'not', 'ok')).toBe('not-proven');
  });

  it('is not known where nothing was tried', () => {
    expect(judged()).toBe('unknown');
  });
});
