import type { JsonObject } from '../../domain/json.ts';
import type { Change } from '../../domain/watch/change.ts';
import { isWorse, type Level } from '../../domain/watch/rule.ts';
import { makeSeverityClock } from '../../domain/watch/severity-clock.ts';
import type { NewEvent } from '../../ledger/event.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { type Lost, makeOutbox } from './outbox.ts';

/** Writes what others must know into the ledger. A ledger that is away never stops a watch: it is said. */
export interface Recorder {
  /** A change of a rule; what neither calls for a rollback nor did so before is not recorded. */
  change(change: Change): void;
  /** What an earlier watch had called for: that it does so no more is recorded as well. */
  remember(calling: readonly JsonObject[]): void;
  event(event: NewEvent): void;
  /** Resolves when everything has been written, or was given up. */
  done(): Promise<void>;
  /** What is not in the ledger by now; undefined: nothing is missing. */
  lost(): Lost | undefined;
}

type Named = { readonly run: string; readonly version: string };

export function makeRecorder({ run, version }: Named, context: CliContext, wired: Wired): Recorder {
  const before = new Map<string, Level>();
  const { event, done, lost } = makeOutbox(context, wired);
  let nth = 0;
  const change = (one: Change): void => {
    const was = before.get(one.rule) ?? 'ok';
    before.set(one.rule, one.severity);
    if (!isWorse(one.severity, 'hold') && !isWorse(was, 'hold')) return;
    nth += 1;
    const limits = wired.runbook.severities ?? {};
    const clock = makeSeverityClock(one.severity, Date.parse(one.fired_at ?? one.at), limits);
    const by = (at: number | undefined): string | null =>
      at === undefined ? null : new Date(at).toISOString();
    const said: JsonObject = { ...one, start_by: by(clock.startBy), done_by: by(clock.doneBy) };
    event({ id: `${run}:change:${nth}`, run, type: 'watch.changed', data: { version, change: said } });
  };
  const remember = (calling: readonly JsonObject[]): void => {
    for (const { rule } of calling) before.set(String(rule), 'P2');
  };
  return { change, remember, event, done, lost };
}
