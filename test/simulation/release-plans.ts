import { makeWorldSteps, planOf } from '../support/engine/plan-of.ts';
import { Process } from '../support/engine/process.ts';
import { VirtualTime } from '../support/engine/virtual-time.ts';
import { World } from '../support/engine/world.ts';

export type Command = 'deploy' | 'rollback';

// A plan names its steps and does nothing itself, so one world is as good as another to make it.
const time = new VirtualTime();
const steps = makeWorldSteps(new World(time), new Process(time));

/** A message that goes beside the rest. */
const tell = (name: string) => steps.probeable.with({ name }, { name, onFailure: 'warn', beside: true });

/** What the operators of the simulation want to be done. */
export const PLANS = {
  deploy: planOf([
    steps.read.with({ name: 'look' }, { name: 'look' }),
    steps.probeable.with({ name: 'announce' }, { name: 'announce', onFailure: 'warn' }),
    steps.probeable.with({ name: 'back-up' }, { name: 'back-up' }),
    steps.repeatable.with({ name: 'maintenance-on' }, { name: 'maintenance-on' }),
    steps.probeable.with({ name: 'migrate' }, { name: 'migrate' }),
    steps.probeable.with({ name: 'publish' }, { name: 'publish' }),
    steps.read.with({ name: 'prove' }, { name: 'prove' }),
    steps.repeatable.with({ name: 'hold-jobs' }, { name: 'hold-jobs' }),
    steps.repeatable.with({ name: 'let-jobs-go' }, { name: 'let-jobs-go' }),
    tell('tell-on'),
    steps.door.with({ name: 'door' }, { name: 'door', provenBy: 'prove' }),
    steps.unprobeable.with({ name: 'mail' }, { name: 'mail', onFailure: 'warn' }),
  ]),
  rollback: planOf(
    [
      tell('tell'),
      steps.probeable.with({ name: 'redeploy' }, { name: 'redeploy' }),
      tell('tell-progress'),
      steps.probeable.with({ name: 'revert' }, { name: 'revert' }),
      tell('tell-end'),
    ],
    { command: 'rollback', version: 'v2.0.3', from: 'v2.1.0' },
  ),
};

/** Effects that a completed run has had exactly once. */
export const ONCE: Record<Command, readonly string[]> = {
  deploy: ['back-up', 'migrate', 'publish'],
  rollback: ['redeploy', 'revert'],
};

/** Whatever is held back is let go later, in every run that ends well: each pair in this order. */
export const PAIRS: readonly (readonly [held: string, released: string])[] = [['hold-jobs', 'let-jobs-go']];

/** Messages: never twice, and no run waits for them. */
export const AT_MOST_ONCE = ['announce', 'mail', 'tell', 'tell-end', 'tell-on', 'tell-progress'];

/** Whatever happens in a run happens in this order: a message overtakes neither what it tells of nor an earlier one. */
export const IN_ORDER: readonly (readonly string[])[] = [
  ['hold-jobs', 'tell-on'],
  ['tell', 'tell-progress', 'tell-end'],
  ['redeploy', 'tell-progress'],
  ['redeploy', 'revert', 'tell-end'],
];

/** Those that may be repeated; and the mail, of which nobody can know, so its doubt is passed over without a wait. */
export const MAY_LAND_LATE = ['maintenance-on', 'hold-jobs', 'let-jobs-go', 'door', 'mail'];
