import { describe, expect, it } from 'vitest';
import type { EventData, EventType, LedgerEvent } from '../../../src/ledger/event.ts';
import { findIncident } from '../../../src/ledger/find-incident.ts';
import { listTimeline } from '../../../src/report/postmortem/timeline.ts';
import { approvalOf } from '../../support/approvals.ts';
import { incidentEvents } from '../../support/incident.ts';

const version = 'v2.1.0';

/** What was seen between the deploy and its rollback. */
function told<T extends EventType>(type: T, data: EventData[T]): string[] {
  const events = incidentEvents();
  const at = '2025-10-01T14:21:00.000Z';
  const seen = { ...events[6], id: 'w', run: 'w', type, data, at } as unknown as LedgerEvent;
  const incident = findIncident([...events.slice(0, 7), seen, ...events.slice(7)]);
  const lines = incident === undefined ? [] : listTimeline(incident);
  return lines.filter((line) => line.at === at).map(({ said }) => said);
}

describe('what was seen between the deploy and its rollback', () => {
  it('PMT-06: a rule that called, with what it saw, and that it calls no more', () => {
    const change = { rule: 'error-percent', severity: 'P0', row: 'RBC-P0-1', series: 'all', value: 12.345 };
    expect(told('watch.changed', { version, change })).toEqual([
      'P0 by rule error-percent at 12.35 (RBC-P0-1)',
    ]);
    const login = { ...change, severity: 'ok', series: 'POST /login', value: 0 };
    expect(told('watch.changed', { version, change: login })).toEqual([
      'error-percent of POST /login calls for nothing more',
    ]);
  });

  it('PIR-04, PMT-06: what people noted, declared, decided and took back', () => {
    const note = { text: 'exports hang', by: 'Ana', version };
    expect(told('watch.noted', note)).toEqual(['Note by Ana: exports hang']);
    expect(told('watch.noted', { ...note, complaint: 'export' })).toEqual([
      'Complaint about export by Ana: exports hang',
    ]);
    expect(told('watch.noted', { ...note, severity: 'P1' })).toEqual(['P1 declared by Ana: exports hang']);
    expect(told('watch.noted', { ...note, resolves: 'n' })).toEqual([
      'Note by Ana, which is over: exports hang',
    ]);
    const approval = approvalOf({
      point: 3,
      decision: 'no-go',
      person: 'ana',
      role: 'qa',
      comment: 'exports hang',
    });
    expect(told('approval.recorded', { version, approval, items: [] })).toEqual([
      'Decision 3: ana (qa) says no-go, self-declared: exports hang',
    ]);
  });

  it('PMT-06: watches, looks, and hours at which nobody looked', () => {
    expect(told('watch.begun', { version, until: '' })).toEqual(['Watch of v2.1.0 begun']);
    expect(
      told('watch.ended', { version, verdict: 'rollback', state: 'stopped', said: 'error-percent' }),
    ).toEqual(['Watch of v2.1.0 ended (rollback): error-percent']);
    const look = {
      version,
      hour: 3,
      verdict: 'clean',
      level: 'ok',
      said: '',
      figures: {},
      since: '',
    } as const;
    expect(told('watch.looked', look)).toEqual(['Look at hour 3: clean']);
    expect(told('watch.missed', { version, hours: [4, 5] })).toEqual(['Nobody looked at hour 4, 5']);
  });
});
