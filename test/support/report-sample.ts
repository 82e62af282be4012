import type { Runbook } from '../../src/config/schema/index.ts';
import type { Tick } from '../../src/domain/watch/tick.ts';
import type { EventData, EventType, LedgerEvent } from '../../src/ledger/event.ts';
import { findStory, type Story } from '../../src/ledger/find-story.ts';
import type { RecordedFinding } from '../../src/ledger/recorded-finding.ts';
import { type Measured, SeriesCollector } from '../../src/report/measured/collect-series.ts';
import type { Report } from '../../src/report/page/report.ts';
import { incidentEvents } from './incident.ts';
import { makeRunbook } from './policy.ts';

/** When users came to v2.1.0, in ms since 1970. */
export const OPEN = Date.UTC(2025, 9, 1, 14, 10);

/** Findings of as many checks, of ten modules, with the words that checks use. */
export const sampleFindings = (count: number): readonly RecordedFinding[] =>
  Array.from({ length: count }, (_, i) => ({
    check: `module-${i % 10}.check-${i}`,
    outcome: i % 50 === 7 ? ('warn' as const) : ('pass' as const),
    at: '2025-10-01T13:50:00.000Z',
    freshForMs: 2_700_000,
    digest: `digest-${i}`,
    said: `${i % 90} of 100 connections in use (limit 80 %)`,
  }));

/** So many readings a second apart of so many series; one of them has a spike of a single second. */
export function* sampleTicks(series: number, samples: number): Generator<Tick> {
  for (let i = 0; i < samples; i += 1)
    for (let one = 0; one < series; one += 1) {
      const value = 150 + 40 * Math.sin(i / 300 + one) + ((i * 7919 + one * 104_729) % 31);
      const spike = one === 0 && i === Math.floor(samples / 2) ? 1800 : 0;
      yield {
        at: OPEN + i * 1000,
        metric: 'p95-ms',
        series: `GET /api/${one}`,
        source: 'probes',
        value: value + spike,
      };
    }
}

export function measure(ticks: Iterable<Tick>, isOfLedger = true): readonly Measured[] {
  const collector = new SeriesCollector();
  for (const tick of ticks) collector.take(tick);
  return [collector.measured(isOfLedger) ?? []].flat();
}

/** One more event among those of the incident; `minute` is after 14:00 UTC. */
export function eventAt<T extends EventType>(
  minute: number,
  run: string,
  type: T,
  data: EventData[T],
  step?: string,
): LedgerEvent {
  const at = new Date(Date.UTC(2025, 9, 1, 14, minute)).toISOString();
  const head = { v: 1, id: `${run}-${type}-${minute}`, scope: 'rur2/production', run, epoch: 1 };
  const origin = { seq: 900 + minute, at, host: 'laptop', actor: 'Ana', tool: '0.1.0', p: '', h: '' };
  return { ...head, ...origin, type, data, ...(step === undefined ? {} : { step }) } as LedgerEvent;
}

export const preflightOf = (findings: readonly RecordedFinding[]): LedgerEvent =>
  eventAt(-5, 'pf', 'gate.decided', {
    gate: 'preflight',
    version: 'v2.1.0',
    call: 'go',
    counts: {},
    because: [],
    findings,
  });

interface Wanted {
  readonly events?: readonly LedgerEvent[];
  readonly run?: string;
  readonly measured?: readonly Measured[];
  readonly runbook?: Runbook;
  readonly more?: Partial<Report>;
}

/** The report of an incident that never was. */
export function sampleReport({
  events,
  run,
  measured = [],
  runbook = makeRunbook(),
  more = {},
}: Wanted = {}): Report {
  const story = findStory(events ?? incidentEvents(), run) as Story;
  const made = { madeAt: '2025-10-01T16:00:00.000Z', tool: '0.1.0' };
  return { story, runbook, env: 'production', measured, signOffs: [], change: undefined, ...made, ...more };
}

/** What the page of an incident may hold at most: a thousand checks, ten series of two hours. */
export const largeReport = (): Report =>
  sampleReport({
    events: [preflightOf(sampleFindings(1000)), ...incidentEvents()],
    measured: measure(sampleTicks(10, 7200)),
  });
