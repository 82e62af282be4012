import { describe, expect, it } from 'vitest';
import { ReleaseError, type StateAfter } from '../../src/domain/failure.ts';
import { tellUntouched } from '../../src/ledger/tell-untouched.ts';
import { failureOf } from '../support/failure-of.ts';

const refused = async (code: 'E_LEDGER_WRITE' | 'E_LOCKED', state: StateAfter) =>
  (
    await failureOf(
      tellUntouched(Promise.reject(new ReleaseError(code, { what: 'Full.', next: 'Room.', state }))),
    )
  ).text.state;

describe('what a ledger could not write before a run has begun', () => {
  it('has changed nothing', async () => {
    expect(await refused('E_LEDGER_WRITE', 'partly-done')).toBe('untouched');
    expect(await tellUntouched(Promise.resolve(7))).toBe(7);
  });

  it('stays unclear where it may have arrived, and another error stays what it was', async () => {
    expect(await refused('E_LEDGER_WRITE', 'unclear')).toBe('unclear');
    expect(await refused('E_LOCKED', 'partly-done')).toBe('partly-done');
  });
});
