import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../../src/cli/exit-by-code.ts';
import { refuseSharedLedger } from '../../../src/cli/runs/refuse-shared-ledger.ts';
import type { Wired } from '../../../src/cli/wired.ts';
import { ReleaseError } from '../../../src/kit.ts';
import { failureOf } from '../../support/failure-of.ts';
import { onlyThese } from '../../support/policy.ts';

const own = { systemIdentifier: '1', database: 'rur2', host: 'db.internal', port: 5432 };
const apart = { ...own, systemIdentifier: '2', host: 'ledger.internal' };
let asked = 0;
const wiredWith = (store: string, ledgerSpots: () => Promise<unknown>): Wired =>
  ({
    env: 'production',
    environment: { ledger: { store }, database: { url: '$A' } },
    services: onlyThese({
      postgres: {
        ledgerSpots: () => {
          asked += 1;
          return ledgerSpots() as never;
        },
      },
    }),
  }) as unknown as Wired;

describe('a run whose ledger would be restored with its database', () => {
  it('F52: is refused before the lock, with the reason and the way out', async () => {
    const wired = wiredWith('postgres', async () => ({ own, ledger: { ...own, database: 'ledger' } }));
    const error = await failureOf(refuseSharedLedger(wired));
    expect(error.code).toBe('E_LEDGER_SHARED');
    expect(exitCodeOf(error.code)).toBe(2);
    expect(error.text.what).toContain('production is kept in the same PostgreSQL cluster (1)');
  });

  it('F52: goes on when the two are apart, or when nobody can say', async () => {
    const silent = new ReleaseError('E_DB_UNREACHABLE', { what: 'Gone.', next: '', state: 'untouched' });
    asked = 0;
    await refuseSharedLedger(wiredWith('postgres', async () => ({ own, ledger: apart })));
    await refuseSharedLedger(wiredWith('postgres', () => Promise.reject(silent)));
    expect(asked).toBe(2);
  });

  it('F52: hides no bug of ours, and asks nothing of other stores', async () => {
    const bug = wiredWith('postgres', () => Promise.reject(new TypeError('ours')));
    await expect(refuseSharedLedger(bug)).rejects.toThrow('ours');
    asked = 0;
    await refuseSharedLedger(wiredWith('git', async () => ({ own, ledger: own })));
    expect(asked).toBe(0);
  });
});
