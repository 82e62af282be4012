import { isReleaseError } from '../../domain/failure.ts';
import { plural } from '../../domain/plural.ts';
import type { NewEvent } from '../../ledger/event.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { exitCodeOf } from '../exit-by-code.ts';
import type { Wired } from '../wired.ts';

/** Records that the ledger did not take, and what it said to the last one. */
export interface Lost {
  readonly events: readonly NewEvent[];
  readonly error: unknown;
}

interface Outbox {
  event(event: NewEvent): void;
  done(): Promise<void>;
  lost(): Lost | undefined;
}

/**
 * What waits for the ledger, in its order: a note that comes later must not stand before. What it did not take is tried again
 * before the next one and at the end; the same id twice is one record.
 */
export function makeOutbox(
  { out, stop }: CliContext,
  { ledger, scope }: Pick<Wired, 'ledger' | 'scope'>,
): Outbox {
  const waiting: NewEvent[] = [];
  let failure: { readonly error: unknown } | undefined;
  let last: Promise<void> = Promise.resolve();
  const fail = (error: unknown): void => {
    const why = error instanceof Error ? error.message : 'it cannot be written';
    if (failure === undefined) out.note(`  not in the ledger: ${why}; it is tried again`);
    failure = { error };
  };
  const send = async (): Promise<void> => {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      try {
        await ledger.note(scope, next);
      } catch (error) {
        fail(error);
        return;
      }
      waiting.shift();
    }
    if (failure !== undefined) out.note('  everything is in the ledger now');
    failure = undefined;
  };
  const queue = (): void => {
    last = last.then(send);
  };
  return {
    event: (event) => {
      waiting.push(event);
      queue();
    },
    done: async () => {
      await last;
      // Whoever ends it with Ctrl-C does not wait a minute for a ledger that has just been away.
      if (waiting.length === 0 || stop.stopping) return;
      queue();
      await last;
    },
    lost: () => (waiting.length === 0 ? undefined : { events: [...waiting], error: failure?.error }),
  };
}

const ENDED = ', how it ended among them';

/** What people have to know of it: what, why, next. */
export function sayLost({ events, error }: Lost): string {
  const isEnd = events.some(({ type }) => type === 'watch.ended');
  const what = `${plural(events.length, 'record')} of this watch did not get into the ledger${isEnd ? ENDED : ''}`;
  const nobody = 'release status and whoever comes next do not know of it';
  if (!isReleaseError(error)) return `${what}: ${nobody}.`;
  const { what: failed, why, next } = error.text;
  return [`${what}: ${nobody}.`, failed, why, next].filter(Boolean).join(' ');
}

/** What a watch ends with that left records behind: a rule that calls, or a person who stopped it, goes before. */
export function exitWith(code: ExitCode, lost: Lost | undefined): ExitCode {
  if (lost === undefined || (code !== EXIT.ok && code !== EXIT.no)) return code;
  return isReleaseError(lost.error) ? exitCodeOf(lost.error.code) : EXIT.broke;
}
