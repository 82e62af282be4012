import { ReleaseError } from '../../../src/domain/failure.ts';
import type { Plan, PlanEntry } from '../../../src/domain/plan.ts';
import { defineStep, makePlan, type Step } from '../../../src/kit.ts';
import type { Process } from './process.ts';
import type { World } from './world.ts';

type Input = { name: string };

/** What a test may take out of the protocol, to see that it is missed. */
export interface Without {
  readonly guard?: boolean;
  readonly inspect?: boolean;
}

const refused = (name: string): ReleaseError =>
  new ReleaseError('E_TEST', {
    what: `${name} was refused.`,
    next: 'Try it again.',
    state: 'untouched',
  });

/** Steps of every class, whose effects land in `world` and which wait at points of `process`. */
export function makeWorldSteps(world: World, process: Process, without: Without = {}) {
  const run: Step['run'] = async (_, input, context) => {
    await process.pass('prepare');
    if (without.guard !== true) context.guard();
    // No point between the guard and the first byte: that is the promise of the guard.
    const answer = await world.send({ run: context.run, step: context.step, epoch: context.epoch });
    await process.pass('answer');
    if (answer === false) throw refused(String(input.name));
    return { answer };
  };
  const inspect: NonNullable<Step['inspect']> = async (_services, _input, context) => {
    await process.pass('ask');
    const isThere = without.inspect !== true && world.shows(context.step, context.run);
    return isThere ? { state: 'done', done: { answer: 0 } } : { state: 'absent' };
  };
  const base = {
    def: 1,
    needs: [],
    settleMs: 30_000,
    timeoutMs: 40_000,
    stop: 'safe' as const,
    undo: { kind: 'nothing' as const },
    title: ({ name }: Input) => `Do ${name}`,
    run: run as never,
  };
  return {
    probeable: defineStep<never, Input, Input>({
      ...base,
      id: 'test.probeable',
      effect: 'probeable',
      inspect: inspect as never,
    }),
    repeatable: defineStep<never, Input, Input>({ ...base, id: 'test.repeatable', effect: 'repeatable' }),
    read: defineStep<never, Input, Input>({
      ...base,
      id: 'test.read',
      effect: 'read',
      run: async (_, { name }) => {
        await process.pass('look');
        return { name };
      },
    }),
    unprobeable: defineStep<never, Input, Input>({
      ...base,
      id: 'test.unprobeable',
      effect: 'unprobeable',
      onDoubt: 'skip',
    }),
  };
}

export type WorldSteps = ReturnType<typeof makeWorldSteps>;

/** The steps as the runner finds them. */
export const stepMap = (steps: object): ReadonlyMap<string, Step> =>
  new Map((Object.values(steps) as Step[]).map((step) => [step.id, step]));

/** A plan of these entries. */
export const planOf = (entries: readonly PlanEntry[], change: Partial<Plan> = {}): Plan =>
  makePlan(
    {
      command: 'deploy',
      service: 'shop',
      env: 'production',
      version: 'v2.1.0',
      from: 'v2.0.3',
      basis: {},
      ...change,
    },
    entries,
  );
