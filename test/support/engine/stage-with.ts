import { defineStep, ReleaseError, type Seen, type StepContext } from '../../../src/kit.ts';
import { Stage } from './stage.ts';

type Done = { answer: number };
export type Act = (context: StepContext, attempt: number) => Promise<Done>;

export const failure = (state: 'untouched' | 'partly-done' | 'unclear') =>
  new ReleaseError('E_TEST', { what: `It is ${state}.`, next: 'Look.', state });
export const silent = (): Promise<never> => new Promise(() => undefined);

/** A stage with one step of a class; `calls` counts its effects. */
export function stageWith(
  effect: 'probeable' | 'unprobeable' | 'repeatable' | 'read',
  act: Act,
  more: {
    readonly seen?: (stage: Stage, asked: number) => Promise<Seen<Done>>;
    readonly warns?: boolean;
    readonly timeoutMs?: number;
    readonly tidiesMs?: number;
    readonly onDoubt?: 'ask' | 'repeat' | 'skip';
  } = {},
) {
  let calls = 0;
  let asked = 0;
  const step = defineStep<never, { env: string }, Done>({
    id: 'test.step',
    def: 1,
    needs: [],
    effect,
    settleMs: 30_000,
    timeoutMs: more.timeoutMs ?? 60_000,
    ...(more.tidiesMs === undefined ? {} : { tidiesMs: more.tidiesMs }),
    stop: 'safe',
    onDoubt: more.onDoubt ?? 'ask',
    undo: { kind: 'nothing' },
    title: ({ env }) => `Act on ${env}`,
    run: (_, _input, context) => {
      calls += 1;
      return act(context, calls);
    },
    inspect: async () => {
      asked += 1;
      return more.seen ? more.seen(stage, asked) : { state: 'absent' };
    },
  });
  const stage: Stage = new Stage([step]);
  const entry = step.with(
    { env: 'production' },
    { name: 'act', ...(more.warns ? { onFailure: 'warn' } : {}) },
  );
  return { stage, entry, count: () => ({ calls, asked }) };
}
