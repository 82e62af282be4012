import type { RunState } from '../../ledger/fold.ts';

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Branches that hold the database as it was, by the records of these runs. */
export function listKept(runs: readonly RunState[]): readonly string[] {
  const facts = runs.flatMap((run) => Object.entries(run.facts));
  const kept = facts.flatMap(([, fact]) => textOf(fact.keepAs) ?? textOf(fact.keptAs) ?? []);
  const backups = facts.flatMap(([name, fact]) => (name === 'backup' ? (textOf(fact.name) ?? []) : []));
  return [...new Set([...backups, ...kept])];
}
