import type { Clock } from '../../domain/clock.ts';
import { proveScope } from '../ledger-scope.ts';
import type { Machine } from '../machine.ts';
import type { Origin } from '../make-event.ts';
import type { LedgerTables } from './ledger-tables.ts';
import { type Ask, WAITS } from './patience.ts';
import { ScopeReader } from './scope-reader.ts';
import { ScopeWriter } from './scope-writer.ts';

export interface DeskTools {
  readonly tables: LedgerTables;
  readonly clock: Clock;
  readonly machine: Machine;
  readonly origin: Origin;
}

/** The reader and the writer of one scope, which share what is known of its chain. */
interface Desk {
  readonly reader: ScopeReader;
  readonly writer: ScopeWriter;
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
}

type Work<T> = (ask: Ask, desk: Desk) => Promise<T>;

function makeLine(): Desk['alone'] {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** One desk a scope. What is done at one desk is done one after the other. */
export class Desks {
  readonly #tools: DeskTools;
  readonly #known = new Map<string, Desk>();

  constructor(tools: DeskTools) {
    this.#tools = tools;
  }

  of(scope: string): Desk {
    const desk = this.#known.get(scope) ?? this.#open(proveScope(scope));
    this.#known.set(scope, desk);
    return desk;
  }

  /** Work that changes nothing; without tables there is nothing to read. */
  read<T>(scope: string, work: Work<T>): Promise<T> {
    const { tables } = this.#tools;
    const desk = this.of(scope);
    return desk.alone(async () => {
      const ask = tables.patience.within(WAITS.toBegin);
      await tables.identify(ask);
      return work(ask, desk);
    });
  }

  /** Work that writes, for `waitMs` at most; makes the tables where there are none. */
  write<T>(scope: string, waitMs: number, work: Work<T>): Promise<T> {
    const { tables } = this.#tools;
    const desk = this.of(scope);
    return desk.alone(async () => {
      const ask = tables.patience.within(waitMs);
      await tables.prepare(ask);
      return work(ask, desk);
    });
  }

  #open(scope: string): Desk {
    const { tables, clock, machine, origin } = this.#tools;
    const reader = new ScopeReader(scope, tables, machine);
    return { reader, writer: new ScopeWriter(reader, tables, clock, origin), alone: makeLine() };
  }
}
