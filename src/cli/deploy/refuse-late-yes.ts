import { ReleaseError } from '../../domain/failure.ts';
import type { Wired } from '../wired.ts';
import type { GateAnswer } from './ask-gate.ts';
import { mayStartNow } from './may-start-now.ts';

type Go = Pick<Extract<GateAnswer, { readonly call: 'go' }>, 'goodUntil' | 'needsWindow'>;

/**
 * A question may stay on the screen for hours; the yes that comes then is about a gate that does not count any more
 * (E-03) or a window that has closed (E-05). Throws E_PLAN_STALE.
 */
export function refuseLateYes(gate: Go, wired: Pick<Wired, 'runbook' | 'env' | 'clock'>): void {
  const isStale = wired.clock.now().getTime() > gate.goodUntil;
  if (!isStale && (!gate.needsWindow || mayStartNow(wired))) return;
  throw new ReleaseError('E_PLAN_STALE', {
    what: `The yes came too late: ${isStale ? 'the preflight of this plan does not count any more' : 'the window has closed'}.`,
    next: 'Run the command again; it asks and plans anew.',
    state: 'untouched',
  });
}
