import { describe, expect, it } from 'vitest';
import { readLockChoice } from '../../../src/cli/runs/lock-choice.ts';
import { isReleaseError } from '../../../src/domain/failure.ts';

const codeOf = (options: Record<string, unknown>): string => {
  try {
    readLockChoice(options as never);
  } catch (error) {
    if (isReleaseError(error)) return error.code;
    throw error;
  }
  return 'none';
};

describe('how a command comes by the lock', () => {
  it('neither waits nor takes it from anybody unless that is said', () => {
    expect(readLockChoice({ reason: 'for another flag' })).toEqual({ waitMs: 0 });
  });

  it('waits as long as --wait says', () => {
    expect(readLockChoice({ wait: '15m' })).toEqual({ waitMs: 900_000 });
    expect(codeOf({ wait: 'long' })).toBe('E_FLAG_VALUE');
    expect(codeOf({ wait: '0m' })).toBe('E_FLAG_VALUE');
  });

  it('T39: takes it over with a reason only, and not after waiting for it', () => {
    expect(readLockChoice({ takeover: true, reason: ' her laptop is lost ' })).toEqual({
      takeover: 'her laptop is lost',
      waitMs: 0,
    });
    expect(codeOf({ takeover: true })).toBe('E_REASON_MISSING');
    expect(codeOf({ takeover: true, reason: '  ' })).toBe('E_REASON_MISSING');
    expect(codeOf({ takeover: true, reason: 'why', wait: '1m' })).toBe('E_FLAG_REFUSED');
  });
});
