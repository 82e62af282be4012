import { describe, expect, it } from 'vitest';
import check from '../../../checks/database/ledger-apart.check.ts';
import { ReleaseError } from '../../../src/kit.ts';
import { makePolicy, makeRunbook, onlyThese } from '../../support/policy.ts';

const spot = (systemIdentifier: string, host: string) => ({
  systemIdentifier,
  database: 'rur2',
  host,
  port: 5432,
});
const own = spot('7300000000000000001', 'db.internal');
const policyWith = (ledger: object) =>
  makePolicy({
    runbook: makeRunbook({
      environments: {
        production: { url: 'https://rur2.example', database: { url: '$A' }, ledger },
      },
    }),
  });
const POSTGRES = { store: 'postgres', url: '$LEDGER' };

describe('the ledger in PostgreSQL', () => {
  it('F52: passes on a server of its own, and names it', () => {
    const ledger = spot('7300000000000000002', 'ledger.internal');
    expect(check.judge({ own, ledger }, makePolicy())).toEqual({
      outcome: 'pass',
      said: 'the ledger is apart, on ledger.internal',
    });
  });

  it('F52: fails beside the database that is released, with the reason and the way out', () => {
    const ledger = { ...own, database: 'ledger' };
    expect(check.judge({ own, ledger }, makePolicy())).toMatchObject({
      outcome: 'fail',
      said: expect.stringContaining(
        'same PostgreSQL cluster (7300000000000000001): a restore would take it back',
      ),
      remedy: expect.stringContaining('another project'),
    });
  });

  it('F52: stays unknown when one of the two does not say which it is', async () => {
    const silent = new ReleaseError('E_DB_RIGHTS', { what: 'It may not say.', next: '', state: 'untouched' });
    const asking = onlyThese({ postgres: { ledgerSpots: () => Promise.reject(silent) } });
    await expect(check.probe(asking, policyWith(POSTGRES))).rejects.toBe(silent);
  });

  it('concerns only a ledger in PostgreSQL', () => {
    expect(check.absent?.(policyWith(POSTGRES))).toBeUndefined();
    expect(check.absent?.(policyWith({ store: 'file' }))).toBe('the ledger is not in PostgreSQL');
  });
});
