import type { GateAnswer } from '../../src/engine/run-tools.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { makeWorldSteps, stepMap } from '../support/engine/plan-of.ts';
import { Process } from '../support/engine/process.ts';
import { Stage } from '../support/engine/stage.ts';
import { World } from '../support/engine/world.ts';

export const SCOPE = 'shop/production';
export const GO: GateAnswer = { call: 'go', counts: { pass: 3 }, because: [], said: '' };
export const NO: GateAnswer = {
  call: 'no-go',
  counts: { fail: 1 },
  because: ['database.connect'],
  said: 'No answer.',
};

/** A stage with a world behind its steps. */
export function makeStage() {
  const stage = new Stage();
  const world = new World(stage.time);
  const steps = makeWorldSteps(world, new Process(stage.time));
  for (const [id, step] of stepMap(steps)) stage.steps.set(id, step);
  const { probeable, repeatable, read } = steps;
  const act = (name: string) => probeable.with({ name }, { name });
  const set = (name: string) => repeatable.with({ name }, { name });
  const look = (name: string) => read.with({ name }, { name });
  return { stage, world, steps, act, set, look };
}

/** The ledger with one method of another kind. */
export const ledgerWith = (ledger: Ledger, change: Partial<Ledger>): Ledger => ({
  about: ledger.about,
  read: (scope) => ledger.read(scope),
  scopes: () => ledger.scopes(),
  holder: (scope) => ledger.holder(scope),
  acquire: (scope, claim) => ledger.acquire(scope, claim),
  append: (held, event) => ledger.append(held, event),
  renew: (held) => ledger.renew(held),
  release: (held, outcome) => ledger.release(held, outcome),
  note: (scope, event) => ledger.note(scope, event),
  ...change,
});
