import { lowerBound } from '../../src/domain/statistics/binomial.ts';
import type { Level } from '../../src/domain/watch/rule.ts';
import type { FaultPhase } from '../../src/sandbox/servers/host/fault-script.ts';

/** A band that must fire, told in seconds since the watch's first request. */
export interface Firing {
  readonly severity: Level;
  readonly rule: string;
  readonly row: string;
  readonly series: string;
  readonly source: string;
  /** When the application goes bad. */
  readonly at: number;
  /** So long it takes at most until a source has told of it. */
  readonly seenWithin: number;
}

/** One watch of one release: what happens to the application, and what must be said of it. */
export interface Scene {
  readonly name: string;
  readonly says: string;
  readonly version: 'v2.1.0' | 'v2.2.0';
  /** Rounds of users a second. */
  readonly users: number;
  readonly phases: readonly FaultPhase[];
  readonly words: readonly string[];
  /** kill -9 at that minute of the watch; the next one begins after so many seconds of ours. */
  readonly killed?: { readonly minute: number; readonly awaySeconds: number };
  readonly exit: number;
  readonly verdict: 'healthy' | 'rollback' | 'inconclusive';
  /** All that must fire as P2 or worse, in its order; what is not listed must not. */
  readonly firings: readonly Firing[];
  /** Seconds until which the last of them must be over again. */
  readonly clearedBy?: number;
  /** Rules that must become unknown, and when, in seconds. */
  readonly unknown?: { readonly rules: readonly string[]; readonly at: number; readonly within: number };
  /** How the ledger says that the watch ended. */
  readonly ended: { readonly state: 'complete' | 'stopped'; readonly said: RegExp };
  /** Updates that people must have read, at the least. */
  readonly updates: number;
  readonly isRolledBack?: true;
}

const LIST = 'GET /api/assessments';
/** Our own requests come every two seconds; the second that fails is two in a row. */
const PROBE = 2;
/** A minute of users is told when it is over, and asked for every quarter of a minute. */
const USERS = 60 + 15;
/** One request in a process that has much to do takes tens of milliseconds: seconds, sixty times as fast. */
const SLACK = 6;

/** Seconds until errors of this share are surely more than `limit`, of one request a second: counts are pooled until then. */
function surelyAbove(limit: number, { k, n }: { readonly k: number; readonly n: number }): number {
  let rounds = 1;
  while (lowerBound(rounds * k, rounds * n) <= limit) rounds += 1;
  return rounds * n;
}

export const SCENES: readonly Scene[] = [
  {
    name: 'healthy',
    says: 'two hours in which all is well',
    ...{ version: 'v2.1.0', users: 30, phases: [], words: [] },
    ...{ exit: 0, verdict: 'healthy', firings: [] },
    ended: { state: 'complete', said: /^complete/ },
    updates: 7,
  },
  {
    name: 'p2',
    says: 'one request of 51 fails for 25 minutes: P2 after 15, over again after it',
    ...{ version: 'v2.1.0', users: 60, words: [] },
    phases: [{ kind: 'flaky', from: 2400, to: 3900, routes: [LIST], of: 'users', k: 1, n: 51, status: 500 }],
    ...{ exit: 0, verdict: 'healthy' },
    firings: [
      {
        ...{ severity: 'P2', rule: 'error-percent', row: 'RBC-P2-1', series: LIST, source: 'users' },
        ...{ at: 2400, seenWithin: surelyAbove(0.01, { k: 1, n: 51 }) + USERS + SLACK },
      },
    ],
    clearedBy: 3900 + 180 + USERS + SLACK,
    ended: { state: 'stopped', said: /^P2 fired/ },
    updates: 7,
  },
  {
    name: 'p1',
    says: 'one request of 20 fails: P1 after ten minutes',
    ...{ version: 'v2.1.0', users: 30, words: [] },
    phases: [{ kind: 'flaky', from: 1200, routes: [LIST], of: 'users', k: 1, n: 20, status: 500 }],
    ...{ exit: 8, verdict: 'rollback' },
    firings: [
      {
        ...{ severity: 'P1', rule: 'error-percent', row: 'RBC-P1-1', series: LIST, source: 'users' },
        ...{ at: 1200, seenWithin: surelyAbove(0.02, { k: 1, n: 20 }) + USERS + SLACK },
      },
    ],
    ended: { state: 'stopped', said: /^a rule called for a rollback/ },
    updates: 1,
  },
  {
    name: 'p0',
    says: 'a half-dead v2.2.0: P0 after two minutes, and the rollback that was ordered',
    ...{ version: 'v2.2.0', users: 5, words: ['--auto-rollback', 'P0'] },
    phases: [{ kind: 'dead', from: 120, routes: ['GET /health'], version: '2.2.0', status: 503 }],
    ...{ exit: 8, verdict: 'rollback' },
    firings: [
      {
        ...{ severity: 'P1', rule: 'failed-critical-probes', row: 'RBC-P1-3', series: 'GET /health' },
        ...{ source: 'probes', at: 120, seenWithin: 2 * PROBE + SLACK },
      },
      {
        ...{ severity: 'P0', rule: 'failed-probes', row: 'RBC-P0-2', series: 'all', source: 'probes' },
        ...{ at: 120, seenWithin: PROBE + SLACK },
      },
    ],
    ended: { state: 'stopped', said: /^a rule called for a rollback/ },
    updates: 0,
    isRolledBack: true,
  },
  {
    name: 'silent',
    says: 'the application tells no measurements from minute 30 on: HOLD, and nobody knows at the end',
    ...{ version: 'v2.1.0', users: 30, phases: [{ kind: 'silent', from: 1800 }], words: [] },
    ...{ exit: 3, verdict: 'inconclusive', firings: [] },
    unknown: { rules: ['error-percent', 'p95-ratio'], at: 1800 + 300, within: USERS + SLACK },
    ended: { state: 'stopped', said: /^not enough was measured/ },
    updates: 7,
  },
  {
    name: 'killed',
    says: 'killed at minute 40 and gone on with eight minutes later; an outage in the gap is bridged by nothing',
    ...{ version: 'v2.1.0', users: 30, words: ['--fail-on', 'P0'] },
    phases: [{ kind: 'dead', from: 2500, to: 2860, routes: ['GET /health'], status: 503 }],
    killed: { minute: 40, awaySeconds: 8 },
    ...{ exit: 0, verdict: 'healthy', firings: [] },
    ended: { state: 'stopped', said: /nobody watched for (8|9|10) min/ },
    updates: 6,
  },
];
