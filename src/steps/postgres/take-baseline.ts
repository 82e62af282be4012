import { minutes } from '../../domain/duration.ts';
import type { JsonObject } from '../../domain/json.ts';
import {
  type Baseline,
  defineStep,
  hurriedReaderOf,
  readBaseline,
  readerOf,
  readWhatAnswers,
} from '../../kit.ts';

const plain = ({ numbers, at, references = [] }: Baseline & { readonly at: number }) => ({
  numbers: { ...numbers },
  at,
  references: references.map((one) => ({ ...one }) as unknown as JsonObject),
});

/**
 * The answers of the integrity queries before anything changes, and the moment they hold for, in seconds since 1970
 * (DAT rows; E-26: a stored baseline with a fixed timestamp). With `withinMs`, for a way back that cannot wait: what can be
 * counted in that time, and what could not.
 */
export const takeBaseline = defineStep<
  'postgres',
  { env: string; withinMs?: number },
  { numbers: Record<string, number>; at: number; references: JsonObject[]; unanswered?: string[] }
>({
  id: 'postgres.take-baseline',
  def: 2,
  needs: ['postgres'],
  effect: 'read',
  settleMs: 0,
  timeoutMs: minutes(5),
  stop: 'safe',
  notes: true,
  title: () => 'Count what must still be there afterwards',
  run: async ({ postgres }, { env, withinMs }, { runbook, clock, tell }) => {
    if (withinMs === undefined) {
      return plain(await readBaseline(runbook.integrity, readerOf(postgres, env)));
    }
    const read = hurriedReaderOf(postgres, env, { clock, withinMs });
    const { unanswered, ...counted } = await readWhatAnswers(runbook.integrity, read);
    if (unanswered.length > 0) tell(`not counted in time, and not waited for: ${unanswered.join(', ')}`);
    return { ...plain(counted), unanswered: [...unanswered] };
  },
  undo: { kind: 'nothing' },
});
