import type { JsonObject } from '../domain/json.ts';
import type { Plan, PlanEntry } from '../domain/plan.ts';
import type { Seen, Step } from '../kit.ts';
import { askUntilKnown } from './ask-world.ts';
import { openSignal } from './open-signal.ts';
import { makeStepContext, type Running, readSince } from './step-context.ts';
import { refuseUnknownStep } from './unknown-step.ts';

/** True of an effect that a question behind it proves, and has done again where it finds nothing. */
export const isProvenBehind = ({ entries }: Plan, { name }: PlanEntry): boolean =>
  entries.some((entry) => entry.kind === 'step' && entry.redoes === name);

/** So long a run waits for an answer that a question behind it gives anyway. */
const PATIENCE_MS = 5000;

/** Asks as often as it takes, but no longer than it is worth. */
async function askHurried(running: Running, ask: (hurried: Running) => Promise<Seen<JsonObject>>) {
  const { clock, stop } = running.tools;
  const own = openSignal(stop.signal);
  const tools = { ...running.tools, stop: { stopping: stop.stopping, signal: own.signal } };
  const late = async (): Promise<Seen<JsonObject>> => {
    await clock.sleep(PATIENCE_MS, own.signal);
    return { state: 'unclear', said: 'no answer in time' };
  };
  try {
    return await Promise.race([ask({ ...running, tools }), late()]);
  } finally {
    own.end();
  }
}

/** Asks once more before anybody is woken up: something may be silent for a moment, or show a thing late (F60). */
async function askTwice(
  { tools: { clock, stop, times }, ...running }: Running,
  step: Step,
  ask: () => Promise<Seen<JsonObject>>,
): Promise<Seen<JsonObject>> {
  const seen = await ask();
  if (seen.state === 'done') return seen;
  const passed = clock.monotonic() - running.outlook.heldSince;
  const landsMs = Math.max(0, step.settleMs * times.settleFactor - passed);
  await clock.sleep(seen.state === 'absent' ? landsMs : times.askAgainMs, stop.signal);
  return ask();
}

/**
 * What the world says of an effect that is recorded as done (T37); `startedAt` is when by the record. Changes nothing. Ends
 * with the stop's reason when the run is cut off.
 */
export async function askBack(running: Running, startedAt: string): Promise<Seen<JsonObject>> {
  const { plan, entry, tools } = running;
  const step = tools.steps.get(entry.step);
  const unknown = refuseUnknownStep(entry, tools);
  if (step === undefined || unknown !== undefined)
    return { state: 'unclear', said: `${unknown?.text.what} ${unknown?.text.next}` };
  const since = readSince(tools.clock);
  const ask = (by: Running): Promise<Seen<JsonObject>> =>
    askUntilKnown(
      step,
      by,
      makeStepContext(by, { attempt: 1, firstAt: startedAt, since }, by.tools.stop.signal),
    );
  if (isProvenBehind(plan, entry)) return askHurried(running, ask);
  return entry.effect === 'repeatable' ? ask(running) : askTwice(running, step, () => ask(running));
}
