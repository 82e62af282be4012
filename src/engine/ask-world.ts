import { ReleaseError } from '../domain/failure.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Seen, Step, StepContext } from '../kit.ts';
import { openSignal } from './open-signal.ts';
import type { Running } from './step-context.ts';
import { whileHolding } from './while-holding.ts';

/** Longest time for one question; a service that stays silent is no answer. */
const ASK_LIMIT_MS = 60_000;

/** Waits until an attempt that may still be on its way has landed or died. */
export async function settle({ entry, tools }: Running, leftMs: number): Promise<void> {
  const { clock, emit, stop } = tools;
  if (leftMs <= 0) return;
  const untilMs = clock.now().getTime() + leftMs;
  emit({ type: 'step.settling', name: entry.name, untilMs, said: 'an earlier attempt may still land' });
  await whileHolding(tools, () => clock.sleep(leftMs, stop.signal));
}

// Ends with the stop's reason as well, when that comes first.
async function silence(step: Step, { tools }: Running, signal: AbortSignal): Promise<Seen<JsonObject>> {
  await tools.clock.sleep(Math.min(step.timeoutMs, ASK_LIMIT_MS), signal);
  return { state: 'unclear', said: 'the question got no answer in time' };
}

async function askOnce(step: Step, running: Running, context: StepContext): Promise<Seen<JsonObject>> {
  const { services, stop } = running.tools;
  if (step.inspect === undefined) return { state: 'unclear', said: 'this step cannot be asked about' };
  const inspect = async () => step.inspect?.(services, running.entry.input as JsonObject, context);
  const own = openSignal(stop.signal);
  try {
    const seen = await Promise.race([inspect(), silence(step, running, own.signal)]);
    return seen ?? { state: 'unclear', said: 'the question had no answer' };
  } catch (error) {
    stop.signal.throwIfAborted();
    // A question that failed is no answer: "absent" would do the effect a second time (F59).
    const said = error instanceof ReleaseError ? error.text.what : 'the question failed';
    return { state: 'unclear', said };
  } finally {
    own.end();
  }
}

/**
 * Asks the world whether a step happened. While it is under way it asks again, up to the step's own time limit;
 * "absent" is believed only when it is said twice, because some services show a thing late (F60). Ends with the
 * stop's reason when the run is cut off, and with E_FENCED when somebody else took over meanwhile.
 */
export const askWorld = (step: Step, running: Running, context: StepContext): Promise<Seen<JsonObject>> =>
  whileHolding(running.tools, () => askUntilKnown(step, running, context));

/** The same for who keeps the lock alive around several questions. */
export async function askUntilKnown(
  step: Step,
  running: Running,
  context: StepContext,
): Promise<Seen<JsonObject>> {
  const { clock, times, stop, emit } = running.tools;
  const deadline = clock.monotonic() + step.timeoutMs;
  let absences = 0;
  for (;;) {
    const seen = await askOnce(step, running, context);
    if (seen.state === 'done' || seen.state === 'unclear') return seen;
    absences = seen.state === 'absent' ? absences + 1 : 0;
    if (absences === 2) return seen;
    if (seen.state === 'underway') {
      emit({ type: 'step.told', name: running.entry.name, said: seen.said });
      if (clock.monotonic() >= deadline) return { state: 'unclear', said: 'it is still under way' };
    }
    await clock.sleep(times.askAgainMs, stop.signal);
  }
}
