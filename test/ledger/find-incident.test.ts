import { describe, expect, it } from 'vitest';
import { findIncident } from '../../src/ledger/find-incident.ts';
import { incidentEvents } from '../support/incident.ts';

const events = incidentEvents();

describe('the incident of a rollback', () => {
  it('PIR-04: reaches from the beginning of the deploy that was taken back to the end of the rollback', () => {
    const found = findIncident(events);
    expect([found?.deploy?.run, found?.rollback.run]).toEqual(['d', 'r']);
    expect(found?.events).toEqual(events);
  });

  it('is found by either of its runs, and by no other', () => {
    for (const run of ['d', 'r']) expect(findIncident(events, run)?.rollback.run).toBe('r');
    expect(findIncident(events, 'x')).toBeUndefined();
  });

  it('is none before anything was taken back', () => {
    expect(findIncident(events.filter(({ run }) => run === 'd'))).toBeUndefined();
    expect(findIncident([])).toBeUndefined();
  });

  it('holds what the ledger has when it does not know the deploy', () => {
    const found = findIncident(events.filter(({ run }) => run === 'r'));
    expect(found?.deploy).toBeUndefined();
    expect(found?.events).toHaveLength(6);
  });
});
