import type { SignedPoint } from '../domain/approvals/payload.ts';
import { sayPoint } from './approval-text.ts';
import { row } from './status-rows.ts';

/** A decision, or what comes before it, that people are waited for, or that one of them has said no to. */
export interface Waiting {
  readonly point: SignedPoint;
  readonly version: string;
  readonly said: string;
}

/** Who has to sign what (docs/approvals.md). */
export const sayWaiting = (waiting: readonly Waiting[] = []): string[] =>
  waiting.flatMap(({ point, version, said }) => row('', `${sayPoint(point)} of ${version}: ${said}`));
