import { ReleaseError } from '../domain/failure.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Seen, Step, StepContext } from '../kit.ts';
import type { Running } from './step-context.ts';

/** Waits until an attempt that may still be on its way has landed or died. */
export async function settle({ entry, tools }: Running, untilMs: number): Promise<void> {
  const { clock, emit, stop } = tools;
  const left = untilMs - clock.now().getTime();
  if (left <= 0) return;
  emit({ type: 'step.settling', name: entry.name, untilMs, said: 'an earlier attempt may still land' });
  await clock.sleep(left, stop.signal);
}

async function askOnce(step: Step, running: Running, context: StepContext): Promise<Seen<JsonObject>> {
  if (step.inspect === undefined) return { state: 'unclear', said: 'this step cannot be asked about' };
  try {
    return await step.inspect(running.tools.services, running.entry.input as JsonObject, context);
  } catch (error) {
    // A question that failed is no answer: "absent" would do the effect a second time (F59).
    const said = error instanceof ReleaseError ? error.text.what : 'the question failed';
    return { state: 'unclear', said };
  }
}

/**
 * Asks the world whether a step happened. While it is under way it asks again, up to the step's own time limit;
 * "absent" is believed only when it is said twice, because some services show a thing late (F60).
 */
export async function askWorld(
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
    if (seen.state === 'underway') emit({ type: 'step.told', name: running.entry.name, said: seen.said });
    if (clock.monotonic() >= deadline) return { state: 'unclear', said: 'it is still under way' };
    await clock.sleep(times.askAgainMs, stop.signal);
  }
}
