import type { JsonObject } from '../../domain/json.ts';
import { LEVELS, rankOf } from '../../domain/watch/rule.ts';
import type { LedgerEvent } from '../../ledger/event.ts';

/** A rule as it called, from the record of a watch. Times are in ms since 1970, by the clock of the watch. */
export interface Call {
  readonly severity: string;
  readonly rule: string;
  readonly series: string;
  readonly row: string;
  readonly value: number | undefined;
  readonly k: number | undefined;
  readonly n: number | undefined;
  readonly onset: number | undefined;
  readonly fired: number | undefined;
  /** When the ledger has it. */
  readonly at: number;
  /** When the same rule called for nothing more, by the ledger; undefined: that is not on record. */
  readonly clearedAt: number | undefined;
}

const GRAVE = ['P0', 'P1', 'P2'];

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
const timeOf = (value: unknown): number | undefined =>
  typeof value === 'string' ? Date.parse(value) : undefined;
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const callOf = (change: JsonObject, at: string): Call => ({
  severity: textOf(change.severity),
  rule: textOf(change.rule),
  series: textOf(change.series),
  row: textOf(change.row),
  value: numberOf(change.value),
  k: numberOf(change.k),
  n: numberOf(change.n),
  onset: timeOf(change.onset_at),
  fired: timeOf(change.fired_at),
  at: Date.parse(at),
  clearedAt: undefined,
});

const rank = (severity: string): number => rankOf(LEVELS.find((level) => level === severity) ?? 'ok');

/** Every time that a rule called for a rollback, oldest first. */
export function listCalls(events: readonly LedgerEvent[]): readonly Call[] {
  const open = new Map<string, number>();
  const calls: Call[] = [];
  for (const { type, data, at } of events) {
    if (type !== 'watch.changed') continue;
    const call = callOf(data.change, at);
    const before = open.get(call.rule);
    const known = before === undefined ? undefined : calls[before];
    if (before !== undefined && known !== undefined) calls[before] = { ...known, clearedAt: call.at };
    open.delete(call.rule);
    if (GRAVE.includes(call.severity)) open.set(call.rule, calls.push(call) - 1);
  }
  return calls;
}

/** The gravest of them, and of two the later one: it is what people went by. */
export const findGravest = (calls: readonly Call[]): Call | undefined =>
  calls.reduce<Call | undefined>((a, b) => (a && rank(a.severity) > rank(b.severity) ? a : b), undefined);
