import { ReleaseError } from '../../../src/domain/failure.ts';
import type { Plan, PlanEntry } from '../../../src/domain/plan.ts';
import { defineStep, makePlan, type Step } from '../../../src/kit.ts';
import type { Process } from './process.ts';
import type { World } from './world.ts';

type Input = { name: string };

/** How the world answers one question about a step. */
export type AnswerFate = 'honest' | 'fails' | 'unclear' | 'silent';

/** What a test may take out of the protocol, to see that it is missed, and how questions are answered. */
export interface WorldChange {
  readonly withoutGuard?: boolean;
  readonly withoutInspect?: boolean;
  readonly fateOfAnswer?: () => AnswerFate;
}

const asleep = (): Promise<never> => new Promise(() => undefined);

const refused = (name: string): ReleaseError =>
  new ReleaseError('E_TEST', {
    what: `${name} was refused.`,
    next: 'Try it again.',
    state: 'untouched',
  });

/**
 * Steps of every class, whose effects land in `world` and which wait at points of the process that carries them out:
 * this one, or the one that their services name.
 */
export function makeWorldSteps(
  world: World,
  at: Process | ((services: unknown) => Process),
  change: WorldChange = {},
) {
  const processOf = typeof at === 'function' ? at : () => at;
  const run: Step['run'] = async (services, input, context) => {
    const process = processOf(services);
    await process.pass('prepare');
    if (change.withoutGuard !== true) context.guard();
    // No point between the guard and the first byte: that is the promise of the guard.
    const answer = await world.send({ run: context.run, step: context.step, epoch: context.epoch });
    await process.pass('answer');
    if (answer === false) throw refused(String(input.name));
    return { answer };
  };
  const inspect: NonNullable<Step['inspect']> = async (services, _input, context) => {
    await processOf(services).pass('ask');
    const fate = change.fateOfAnswer?.() ?? 'honest';
    if (fate === 'fails') throw new Error('no route');
    if (fate === 'silent') return asleep();
    if (fate === 'unclear') return { state: 'unclear', said: 'the service does not know' };
    const isThere = change.withoutInspect !== true && world.shows(context.step, context.run);
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
    /** May be repeated, and can be asked about. */
    door: defineStep<never, Input, Input>({
      ...base,
      id: 'test.door',
      effect: 'repeatable',
      inspect: inspect as never,
    }),
    read: defineStep<never, Input, Input>({
      ...base,
      id: 'test.read',
      effect: 'read',
      run: async (services, { name }) => {
        await processOf(services).pass('look');
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
