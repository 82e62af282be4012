import type { LedgerEvent } from './event.ts';

export type RunEnd = 'open' | 'paused' | 'completed' | 'reverted' | 'unsafe' | 'failed' | 'abandoned';

/** A run's end as it is folded. */
interface Ending {
  end: RunEnd;
  said: string;
  endedAt?: string;
}

/** Takes over what an event says of the end of its run. */
export function foldEnd(run: Ending, event: LedgerEvent): void {
  const close = (end: RunEnd, said: string): void => {
    run.end = end;
    run.said = said;
    run.endedAt = event.at;
  };
  if (event.type === 'run.paused') close('paused', event.data.said);
  if (event.type === 'run.finished') close(event.data.verdict, event.data.said);
  if (event.type === 'run.abandoned') close('abandoned', event.data.reason);
  // A resumed run is open again until it ends once more.
  const isResumed = event.type === 'lock.acquired' || event.type === 'lock.takeover';
  if (isResumed && (run.end === 'paused' || run.end === 'failed')) {
    run.end = 'open';
    run.said = '';
    delete run.endedAt;
  }
}
