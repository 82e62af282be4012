import { type Context, createContext, Script } from 'node:vm';
import { sayDuration } from '../../domain/duration.ts';

let room: { readonly script: Script; readonly context: Context } | undefined;

const openRoom = () => {
  room ??= { script: new Script('work()'), context: createContext({}) };
  return room;
};

/** It comes from the other context, whose Error is not ours. */
const isTimeout = (error: unknown): boolean =>
  (error as { readonly code?: unknown } | undefined)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

/**
 * Does work that returns at once, and ends it when it does not: there is one thread, so that a loop in somebody's file
 * would hold up every other check. What comes after an `await` is not this work any more. Throws what the work throws.
 */
export function withinTime<T>(limitMs: number, work: () => T): T {
  const { script, context } = openRoom();
  const outer = context.work;
  context.work = work;
  try {
    return script.runInContext(context, { timeout: Math.max(1, Math.ceil(limitMs)) }) as T;
  } catch (error) {
    if (!isTimeout(error)) throw error;
    throw new Error(`it kept the program to itself for ${sayDuration(limitMs)}`);
  } finally {
    context.work = outer;
  }
}
