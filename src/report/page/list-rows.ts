import type { LedgerEvent } from '../../ledger/event.ts';
import type { RunState } from '../../ledger/fold.ts';

/** How one entry of a plan went, by the records of its run. Times are in ms since 1970. */
export interface StepRow {
  readonly name: string;
  readonly title: string;
  readonly kind: RunState['plan']['entries'][number]['kind'];
  /** doubt: it was begun, and nobody knows whether it happened. none: it was never begun. */
  readonly state: 'done' | 'left-out' | 'failed' | 'warned' | 'doubt' | 'none';
  /** When it was tried first. */
  readonly firstAt: number | undefined;
  /** When the last try began. */
  readonly from: number | undefined;
  /** Undefined: it has no end. */
  readonly to: number | undefined;
  readonly tries: number;
  /** What came of it, where that needs saying. */
  readonly said: string;
}

const SEEN = {
  effect: '',
  inspected: 'had happened already',
  operator: 'on a person’s word',
  skipped: 'left out',
};
const CALLS = { go: 'GO', hold: 'HOLD', 'no-go': 'NO-GO' };

const begin = (row: StepRow, at: number): StepRow => ({
  ...row,
  firstAt: row.firstAt ?? at,
  from: at,
  to: undefined,
  state: 'doubt',
  tries: row.tries + 1,
  said: '',
});

const end = (row: StepRow, at: number, state: StepRow['state'], said: string): StepRow => ({
  ...row,
  firstAt: row.firstAt ?? at,
  from: row.from ?? at,
  to: at,
  state,
  said,
});

/** A decision that was passed without its people is not taken. */
const sayPassed = (missing: unknown): string =>
  Array.isArray(missing) && missing.length > 0 ? `passed without ${missing.join(', ')}` : '';

/** The row after one more record. */
function follow(row: StepRow, event: LedgerEvent): StepRow {
  const at = Date.parse(event.at);
  switch (event.type) {
    case 'step.intent':
      return begin(row, at);
    case 'step.done': {
      const { how, done } = event.data;
      return end(row, at, how === 'skipped' ? 'left-out' : 'done', sayPassed(done.missing) || SEEN[how]);
    }
    case 'step.failed':
      return end(row, at, 'failed', event.data.said);
    case 'step.warned':
      return end(row, at, 'warned', event.data.said);
    case 'step.doubt':
      return { ...row, said: event.data.said };
    case 'gate.decided': {
      const { call, because } = event.data;
      const said = [CALLS[call], because.join(', ')].filter(Boolean).join(': ');
      return end({ ...row, from: at, tries: row.tries + 1 }, at, call === 'go' ? 'done' : 'failed', said);
    }
    default:
      return row;
  }
}

/** Every entry of a run's plan in its order, also those that were never begun. */
export function listRows({ run, plan }: RunState, events: readonly LedgerEvent[]): readonly StepRow[] {
  const rows = new Map<string, StepRow>(
    plan.entries.map(({ name, title, kind }) => [
      name,
      {
        name,
        title,
        kind,
        state: 'none',
        firstAt: undefined,
        from: undefined,
        to: undefined,
        tries: 0,
        said: '',
      },
    ]),
  );
  for (const event of events) {
    const row = event.run === run && event.step !== undefined ? rows.get(event.step) : undefined;
    if (row !== undefined) rows.set(row.name, follow(row, event));
  }
  return [...rows.values()];
}

/** Times in which a run stood still, in ms since 1970; one without an end is still open. */
export function listPauses(
  run: string,
  events: readonly LedgerEvent[],
): readonly [number, number | undefined][] {
  const pauses: [number, number | undefined][] = [];
  let since: number | undefined;
  for (const { run: of, type, at } of events) {
    if (of !== run) continue;
    if (type === 'run.paused') since = Date.parse(at);
    else if (since !== undefined && type !== 'lock.released') {
      pauses.push([since, Date.parse(at)]);
      since = undefined;
    }
  }
  return since === undefined ? pauses : [...pauses, [since, undefined]];
}
