import { describe, expect, it } from 'vitest';
import type { LedgerEvent } from '../../src/ledger/event.ts';
import { findRollbackRehearsal } from '../../src/ledger/find-rollback-rehearsal.ts';

const rehearsed = (at: string, over: Record<string, unknown> = {}) => ({
  type: 'rollback.rehearsed',
  at,
  run: `r-${at}`,
  data: { from: 'v2.1.0', to: 'v2.0.3', data: 'down', outcome: 'proven', ...over },
});
const planned = { type: 'run.planned', at: 'later', run: 'r-deploy', data: {} };
const find = (events: readonly object[], way: Partial<Parameters<typeof findRollbackRehearsal>[1]> = {}) =>
  findRollbackRehearsal(events as readonly LedgerEvent[], { from: 'v2.1.0', to: 'v2.0.3', ...way });

describe('the rehearsal that is on record', () => {
  it('is the newest of this way back, whatever came between', () => {
    const events = [
      rehearsed('1'),
      rehearsed('2', { outcome: 'unknown' }),
      rehearsed('3', { from: 'v2.2.0' }),
    ];
    expect(find(events)).toMatchObject({ at: '2', record: { outcome: 'unknown' } });
  });

  it('is the newest of the wanted way of the data, where one is wanted', () => {
    const events = [rehearsed('1'), rehearsed('2', { data: 'restore' })];
    expect(find(events, { data: 'down' })?.at).toBe('1');
  });

  it('names the run that began after it, and none that began before', () => {
    expect(find([planned, rehearsed('1')])?.runSince).toBeUndefined();
    expect(find([rehearsed('1'), planned])?.runSince).toBe('r-deploy');
  });

  it('is missing where nobody rehearsed it', () => {
    expect(find([planned, rehearsed('1', { to: 'v2.0.2' })])).toBeUndefined();
  });
});
