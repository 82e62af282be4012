import type { LedgerEvent } from '../../src/ledger/event.ts';
import { findOpenRun, foldRuns, type RunState } from '../../src/ledger/fold.ts';
import type { World } from '../../src/sandbox/world/start-world.ts';
import { readLedger } from '../support/scenarios/read-world.ts';

export type Command = 'deploy' | 'rollback';

export interface Runs {
  readonly events: readonly LedgerEvent[];
  /** The newest run of the command. */
  readonly run: RunState | undefined;
  /** True while that run waits to be gone on with. */
  readonly isOpen: boolean;
}

/** What the ledger of a world says about the newest run of a command. */
export function readRuns(world: World, command: Command): Runs {
  const events = readLedger({ world });
  const runs = foldRuns(events);
  const run = runs.findLast(({ plan }) => plan.command === command);
  return { events, run, isOpen: run !== undefined && findOpenRun(runs)?.run === run.run };
}

/** Names of the entries that a run has not done yet. */
export const namesAhead = ({ run, isOpen }: Runs): readonly string[] | undefined =>
  isOpen
    ? run?.plan.entries.map(({ name }) => name).filter((name) => run.entries[name]?.state !== 'done')
    : undefined;

/** The story of a run, one line an event. */
export const tellRun = ({ events, run }: Runs): readonly string[] =>
  events
    .filter((event) => event.run === run?.run || event.type.startsWith('lock.'))
    .map(({ at, host, epoch, type, step = '', data }) => {
      const how =
        'how' in data ? data.how : 'verdict' in data ? data.verdict : 'said' in data ? data.said : '';
      return `${at.slice(11, 23)} ${host} epoch ${epoch} ${type} ${step} ${how ?? ''}`.trimEnd();
    });
