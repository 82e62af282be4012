import { expect, it } from 'vitest';
import type { LedgerEvent } from '../../src/ledger/event.ts';
import { foldWatch } from '../../src/ledger/fold-watch.ts';

const AT = '2025-10-01T14:00:00.000Z';
const event = (type: string, data: object): LedgerEvent =>
  ({ id: type, at: AT, type, data: { version: 'v2.1.0', ...data } }) as unknown as LedgerEvent;
const changed = (severity: string) => event('watch.changed', { change: { rule: 'p95-ms', severity } });
const ended = (state: string) => event('watch.ended', { state, verdict: 'healthy', said: state });
const callingOf = (...events: LedgerEvent[]) =>
  foldWatch(events, 'v2.1.0').calling.map(({ severity }) => severity);

it('E-116: nothing of before calls for a rollback of a release that is complete', () => {
  expect(callingOf(changed('P1'), ended('complete'))).toEqual([]);
  expect(callingOf(changed('P1'), ended('stopped'))).toEqual(['P1']);
  expect(callingOf(ended('complete'), changed('P0'))).toEqual(['P0']);
});
