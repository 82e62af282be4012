import { seconds } from '../../domain/duration.ts';
import { plural } from '../../domain/plural.ts';
import { defineStep } from '../../kit.ts';

type Input = { points: string[] };
type Done = { points: string[] };

/**
 * What the stand-up went through (DAY-01 to DAY-03). The points stand in the plan that a person agrees to, above the
 * question; this keeps them with the run, and asks nobody a second time.
 */
export const standUp = defineStep<never, Input, Done>({
  id: 'people.stand-up',
  def: 1,
  needs: [],
  effect: 'read',
  settleMs: 0,
  timeoutMs: seconds(10),
  stop: 'safe',
  title: ({ points }) => `Stand-up: ${plural(points.length, 'point')} agreed to with the plan`,
  run: async (_, { points }) => ({ points }),
  undo: { kind: 'nothing' },
});
