import type { JsonObject } from '../../domain/json.ts';
import type { RunState } from '../../ledger/fold.ts';

/** What the integrity questions of a run were answered, check by check. */
export interface Counted {
  readonly title: string;
  readonly answers: readonly JsonObject[];
}

const objects = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value)
    ? value.filter((one): one is JsonObject => one !== null && typeof one === 'object')
    : [];

/** Those checks of a run that have answers on record. */
export const listCounted = (run: RunState): readonly Counted[] =>
  run.plan.entries.flatMap((entry) => {
    const isCheck = entry.kind === 'step' && entry.step === 'postgres.check-integrity';
    const answers = isCheck ? objects(run.facts[entry.name]?.data) : [];
    return answers.length === 0 ? [] : [{ title: entry.title, answers }];
  });

/** How many questions a run has asked of which every answer is as it was before; undefined: none, or not every one is. */
export function countKept(run: RunState): number | undefined {
  const answers = listCounted(run).flatMap((one) => one.answers);
  return answers.length > 0 && answers.every(({ state }) => state === 'ok') ? answers.length : undefined;
}
