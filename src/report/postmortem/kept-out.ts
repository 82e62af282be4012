import type { Incident } from '../../ledger/find-incident.ts';

/** Time in which maintenance mode kept users out. */
export interface KeptOut {
  readonly ms: number;
  /** True while nobody has let them in again. */
  readonly isOpen: boolean;
}

const stepOf = ({ deploy, rollback }: Incident, run: string, name: string | undefined): string => {
  const plan = [deploy, rollback].find((one) => one?.run === run)?.plan;
  const entry = plan?.entries.find((one) => one.name === name);
  return entry?.kind === 'step' ? entry.step : '';
};

/**
 * Adds up maintenance mode over both runs, from its own records: a rollback switches on what the deploy may have left on.
 * Undefined when no run recorded any: then nobody knows.
 */
export function sumKeptOut(incident: Incident): KeptOut | undefined {
  let since: number | undefined;
  let ms: number | undefined;
  for (const event of incident.events) {
    if (event.type !== 'step.done' || event.data.how === 'skipped') continue;
    const step = stepOf(incident, event.run, event.step);
    const at = Date.parse(String(event.data.done.at ?? event.at));
    if (step === 'app.maintenance-on') since ??= at;
    if (step === 'app.maintenance-off' && since !== undefined) {
      ms = (ms ?? 0) + Math.max(0, at - since);
      since = undefined;
    }
  }
  if (since === undefined) return ms === undefined ? undefined : { ms, isOpen: false };
  const end = Date.parse(incident.rollback.endedAt ?? incident.rollback.lastAt);
  return { ms: (ms ?? 0) + Math.max(0, end - since), isOpen: true };
}
