import { describe, expect, it } from 'vitest';
import type { PlanEntry } from '../../../src/domain/plan.ts';
import type { LedgerEvent } from '../../../src/ledger/event.ts';
import type { Incident } from '../../../src/ledger/find-incident.ts';
import { findIncident } from '../../../src/ledger/find-incident.ts';
import type { RunState } from '../../../src/ledger/fold.ts';
import { writeDocument } from '../../../src/report/postmortem/document.ts';
import { writeParts } from '../../../src/report/postmortem/parts.ts';
import { updateDocument } from '../../../src/report/postmortem/update-document.ts';
import { writePerformance } from '../../../src/report/postmortem/write-performance.ts';
import { incidentEvents, incidentTasks } from '../../support/incident.ts';
import { makeTestWired } from '../../support/test-wired.ts';

const incident = findIncident(incidentEvents()) as Required<Incident>;
const entry = { kind: 'step', step: 'app.smoke-test', name: 'smoke', title: 'Smoke tests' } as PlanEntry;

const withSmoke = (state: RunState, endpoints: readonly object[]): RunState =>
  ({
    ...state,
    plan: { ...state.plan, entries: [...state.plan.entries, entry] },
    facts: { ...state.facts, smoke: { endpoints } },
  }) as unknown as RunState;

const tell = (bad: readonly object[], good: readonly object[], events: readonly object[] = []): string =>
  writePerformance({
    deploy: withSmoke(incident.deploy, bad),
    rollback: withSmoke(incident.rollback, good),
    events: events as readonly LedgerEvent[],
  });

const call = (endpoint: string, p95Ms: number | null, errors = 0) => ({ endpoint, p95Ms, n: 20, errors });
const rowOf = (text: string, name: string): string | undefined =>
  text.split('\n').find((line) => line.startsWith(`| ${name}`));
const ended = (baselines: readonly object[] | undefined, version = 'v2.1.0') => ({
  type: 'watch.ended',
  data: { version, ...(baselines ? { baselines } : {}) },
});
const before = { metric: 'p95-ms', series: 'GET /a', source: 'sentry', baseline: 80.4 };

describe('performance in a postmortem', () => {
  it('PIR-15: has each endpoint of both runs side by side, with the change and the requests it rests on', () => {
    const text = tell(
      [call('GET /a', 412.3), call('GET /b', 90)],
      [call('GET /a', 103), call('GET /b', 100)],
    );
    expect(rowOf(text, 'Endpoint')).toBe(
      '| Endpoint | v2.1.0, smoke tests | v2.0.3, smoke tests of the rollback | Change | Users before v2.1.0 |',
    );
    expect(rowOf(text, 'GET /a')).toBe(
      '| GET /a | 412 ms (20 requests) | 103 ms (20 requests) | +300 % | unknown |',
    );
    expect(rowOf(text, 'GET /b')).toContain('| -10 % |');
  });

  it('PIR-15: what users had before the release stands beside it, by whoever measured it', () => {
    const old = { ...before, baseline: 1 };
    const told = [
      ended([old]),
      ended([before, { ...before, source: 'web', baseline: 95 }]),
      ended(undefined),
    ];
    expect(rowOf(tell([call('GET /a', 412)], [], told), 'GET /a')).toBe(
      '| GET /a | 412 ms (20 requests) | unknown | unknown | 80 ms (sentry), 95 ms (web) |',
    );
    const others = [ended([before], 'v1.0.0'), ended([{ ...before, metric: 'error-percent' }])];
    expect(rowOf(tell([call('GET /a', 412)], [], others), 'GET /a')).toContain('| unknown |');
  });

  it('of a few requests no change is told', () => {
    const few = { ...call('GET /a', 200), n: 19 };
    expect(rowOf(tell([few], [call('GET /a', 100)]), 'GET /a')).toContain('| too few |');
  });

  it('a version that failed at once is not simply called fast', () => {
    const text = tell([call('GET /a', 10, 20)], [call('GET /a', 100)]);
    expect(rowOf(text, 'GET /a')).toContain('| 10 ms (20 requests, 20 failed) |');
  });

  it('of two calls of one endpoint the slower one counts, in whatever order they stand', () => {
    const two = [call('GET /a', 50), call('GET /a', null), call('GET /a', 70)];
    expect(rowOf(tell(two, [...two].reverse()), 'GET /a')).toContain(
      '| 70 ms (20 requests) | 70 ms (20 requests) | 0 % |',
    );
  });

  it('what nobody measured is unknown, and never nought or unchanged', () => {
    expect(rowOf(tell([call('GET /a', null)], [call('GET /a', 0)]), 'GET /a')).toBe(
      '| GET /a | unknown | 0 ms (20 requests) | unknown | unknown |',
    );
    expect(writePerformance(incident)).toContain('unknown: neither run has smoke tests on record');
    const { deploy: _, ...alone } = incident;
    expect(writePerformance(alone)).toContain('unknown: neither run');
  });

  it('nothing that an endpoint is called is markup', () => {
    expect(tell([call('GET /a|<b>\n## x', 5)], [])).not.toMatch(/<b>|^## x/m);
  });

  it('a document that is older than the part is updated without it, and a new one with it', () => {
    const { runbook } = makeTestWired({}).wired;
    const change = { from: 'v2.0.3', to: 'v2.1.0', commits: [] };
    const parts = writeParts({
      incident,
      change,
      list: incidentTasks,
      runbook,
      command: [],
      metrics: 'none',
    });
    const written = writeDocument('t', 'r', parts);
    const older = written.replace(
      /<!-- release: performance,[\s\S]*end of performance, [0-9a-f]{8} -->\n\n/,
      '',
    );
    expect(older).not.toContain('performance');
    expect(updateDocument(older, 'f.md', parts)).toBe(older);
    const slower = { ...parts, performance: tell([call('GET /a', 412)], []) };
    expect(updateDocument(written, 'f.md', slower)).toContain('| GET /a | 412 ms');
  });
});
