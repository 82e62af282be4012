import { sayDuration } from '../domain/duration.ts';
import type { Json } from '../domain/json.ts';
import { oneLine } from '../domain/screen-text.ts';
import type { RunState } from '../ledger/fold.ts';
import { widthOf } from './display-width.ts';
import type { Look } from './look.ts';
import { sayClock } from './messages/times.ts';
import { alignColumns, cutTo, padTo } from './table.ts';

/** An entry of a run with its time. */
export interface StepTime {
  readonly [key: string]: Json;
  readonly name: string;
  readonly title: string;
  /** `none`: the run never came to it. */
  readonly state: string;
  /** ISO; null: it has not ended. */
  readonly at: string | null;
  /** Null: not measured, as of gates and of what is under way or failed. */
  readonly tookMs: number | null;
}

/** Every entry of a run in its order, with the time that it took by the record. */
export const listStepTimes = ({ plan, entries }: RunState): readonly StepTime[] =>
  plan.entries.map(({ name, title, kind }) => {
    const entry = entries[name];
    const isTimed = entry?.state === 'done' && kind === 'step';
    return {
      ...{ name, title, state: entry?.state ?? 'none' },
      at: entry !== undefined && 'at' in entry ? entry.at : null,
      tookMs: isTimed ? entry.tookMs : null,
    };
  });

const sayTook = (tookMs: number | null): string => (tookMs === null ? '–' : sayDuration(tookMs));

/** Below its run: when each entry ended, how long it took, what it was; the state where that is not "done". */
export function saySteps(
  run: RunState,
  zone: string,
  { ascii, columns }: Pick<Look, 'ascii' | 'columns'>,
): readonly string[] {
  const steps = listStepTimes(run);
  const rows = steps.map(({ at, tookMs }) => [at === null ? '–' : sayClock(at, zone), sayTook(tookMs)]);
  const times = alignColumns(rows, 4);
  const room = columns - 2 - Math.max(...times.map(widthOf));
  return steps.map(({ title, state }, i) => {
    const end = state === 'done' ? '' : `: ${state === 'none' ? 'not reached' : state}`;
    const head = padTo(times[i] ?? '', columns - room);
    return `${head}${cutTo(oneLine(title, 200), room - end.length, ascii ? '...' : '…')}${end}`;
  });
}

/** For a pipe, a line for each entry: run, name, title, state, end in UTC, milliseconds. */
export const tabulateSteps = (run: RunState): readonly string[] =>
  listStepTimes(run).map(({ name, title, state, at, tookMs }) =>
    [run.run, name, title, state, at ?? '', tookMs === null ? '' : String(tookMs)]
      .map((cell) => cell.replace(/[\t\n]/g, ' '))
      .join('\t'),
  );
