import { findDetected } from '../../../ledger/find-detected.ts';
import type { Incident } from '../../../ledger/find-incident.ts';

/** A moment of the incident; `at` is ISO, undefined where the ledger has none. */
export interface Mark {
  readonly at: string | undefined;
  readonly said: string;
}

/** The moments that a chart of the incident is read by, from the ledger alone. */
export function listMarks({ deploy, rollback, events }: Incident): readonly Mark[] {
  const { severity } = rollback.request;
  const { from: bad, version } = rollback.plan;
  const urgency = typeof severity === 'string' ? severity : 'P2';
  return [
    { at: deploy?.startedAt, said: `deployment of ${bad} begun` },
    { at: deploy?.endedAt, said: `deployment of ${bad} over` },
    { at: findDetected(events, bad, urgency), said: 'detected' },
    { at: rollback.startedAt, said: `rollback to ${version} begun` },
    { at: rollback.endedAt, said: `rollback to ${version} over` },
  ];
}
