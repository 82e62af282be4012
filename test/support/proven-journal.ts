import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { GENESIS, lineOf } from '../../src/ledger/chain.ts';
import type { NewEvent } from '../../src/ledger/event.ts';
import { makeEvent } from '../../src/ledger/make-event.ts';
import { planOf } from './run-events.ts';

const who = { host: 'workbench', actor: 'ana', tool: '0.0.0', redact: (text: string) => text };

/** A run of two entries; every third one fails, and the fourth is cut off. */
const runOf = (i: number): readonly NewEvent[] => {
  const run = `r-${i}`;
  const plan = { ...planOf(2), version: `v2.${i}.0` };
  const planned = {
    run,
    id: `${run}:p`,
    type: 'run.planned',
    data: { plan, request: {}, configDigest: 'd' },
  };
  const verdict = i % 3 === 0 ? 'failed' : 'completed';
  const finished = {
    run,
    id: `${run}:f`,
    type: 'run.finished',
    data: { verdict, said: `${run} ${verdict}` },
  };
  return (i === 4 ? [planned] : [planned, finished]) as readonly NewEvent[];
};

/** Lines of a chain of so many runs, each with its end. */
export function linesOfRuns(runs: number): readonly string[] {
  let head = { seq: 0, hash: GENESIS };
  return Array.from({ length: runs }, (_, i) => runOf(i + 1))
    .flat()
    .map((event, i) => {
      const at = new Date(Date.UTC(2025, 9, 1) + i * 60_000).toISOString();
      const made = makeEvent(event, { scope: 'shop/production', epoch: 1, at, head }, who);
      head = { seq: made.seq, hash: made.h };
      return `${lineOf(made)}\n`;
    });
}

/** Writes them as the journal of a file ledger. */
export function writeLines(path: string, lines: readonly string[]): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, lines.join(''));
}
