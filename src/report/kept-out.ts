import type { LedgerEvent } from '../ledger/event.ts';
import type { RunState } from '../ledger/fold.ts';

/** A time in which maintenance mode kept users out, in ms since 1970; without `to` nobody has let them in again. */
export interface Closed {
  readonly from: number;
  readonly to: number | undefined;
}

/** Time in which maintenance mode kept users out. */
export interface KeptOut {
  readonly ms: number;
  /** True while nobody has let them in again. */
  readonly isOpen: boolean;
}

const stepOf = (runs: readonly RunState[], run: string, name: string | undefined): string => {
  const plan = runs.find((one) => one.run === run)?.plan;
  const entry = plan?.entries.find((one) => one.name === name);
  return entry?.kind === 'step' ? entry.step : '';
};

/**
 * When maintenance mode was on over these runs, from its own records: a rollback switches on what the deploy may have left on.
 * Undefined when no run recorded any: then nobody knows.
 */
export function listClosed(
  runs: readonly RunState[],
  events: readonly LedgerEvent[],
): readonly Closed[] | undefined {
  const closed: Closed[] = [];
  let since: number | undefined;
  for (const event of events) {
    if (event.type !== 'step.done' || event.data.how === 'skipped') continue;
    const step = stepOf(runs, event.run, event.step);
    const at = Date.parse(String(event.data.done.at ?? event.at));
    if (step === 'app.maintenance-on') since ??= at;
    if (step === 'app.maintenance-off' && since !== undefined) {
      closed.push({ from: since, to: Math.max(since, at) });
      since = undefined;
    }
  }
  const all = since === undefined ? closed : [...closed, { from: since, to: undefined }];
  return all.length === 0 ? undefined : all;
}

/** The sum of them; what is still open counts to the end of the last run. */
export function sumKeptOut(runs: readonly RunState[], events: readonly LedgerEvent[]): KeptOut | undefined {
  const closed = listClosed(runs, events);
  if (closed === undefined) return undefined;
  const last = runs.at(-1);
  const end = Date.parse(last?.endedAt ?? last?.lastAt ?? '');
  const ms = closed.reduce((sum, { from, to }) => sum + Math.max(0, (to ?? end) - from), 0);
  return { ms, isOpen: closed.some(({ to }) => to === undefined) };
}
