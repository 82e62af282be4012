import type { DecisionPoint } from '../domain/decision-point.ts';
import type { LedgerEvent } from './event.ts';

type Of<T extends LedgerEvent['type']> = Extract<LedgerEvent, { type: T }>;

/** Whether the people of a point of decision were asked; what they said is for readDecision (src/cli/approvals). */
export interface DecisionRecord {
  /** Whoever took it upon themselves to ask, the newest last. */
  readonly claims: readonly { readonly run: string; readonly at: number }[];
  /** When people were asked first (ISO); undefined: they were not. */
  readonly askedAt: string | undefined;
}

/** The release whose decision it is. `since`: ISO, when its run began. */
export interface Decided {
  readonly version: string;
  readonly since: string;
}

/** A point of decision: who asks, and whether people were asked. */
export function foldDecision(
  events: readonly LedgerEvent[],
  point: DecisionPoint,
  { version, since }: Decided,
): DecisionRecord {
  const own = events.filter(({ at, data }) => at >= since && 'version' in data && data.version === version);
  const claims = own.filter(
    (event): event is Of<'watch.asking'> => event.type === 'watch.asking' && event.data.point === point,
  );
  return {
    claims: claims.map(({ run, at }) => ({ run, at: Date.parse(at) })),
    askedAt: own.find((event) => event.type === 'watch.told' && event.data.point === point)?.at,
  };
}
