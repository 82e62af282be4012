import type { Clock } from '../../../src/domain/clock.ts';
import type { EngineEvent } from '../../../src/engine/events.ts';
import { type RunTools, USUAL_TIMES } from '../../../src/engine/run-tools.ts';
import type { Services, Step } from '../../../src/kit.ts';
import type { Held, Ledger } from '../../../src/ledger/ledger.ts';

/** A stop as the signals make it: the first request lets the step end, the second cuts it off. */
export function makeStopRequest() {
  const controller = new AbortController();
  let requests = 0;
  return {
    request: (): void => {
      requests += 1;
      if (requests > 1) controller.abort(new DOMException('stopped', 'AbortError'));
    },
    get stopping(): boolean {
      return requests > 0;
    },
    signal: controller.signal,
  };
}

interface Needed {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly held: Held;
  readonly steps: ReadonlyMap<string, Step>;
}

/** Everything a run touches: gates say go, nobody has to sign, doubt follows the step's own policy. */
export function toolsOf(needed: Needed, change: Partial<RunTools> = {}): RunTools & { told: EngineEvent[] } {
  const told: EngineEvent[] = [];
  return {
    ...needed,
    services: {} as Services,
    random: () => 0.5,
    runbook: {} as RunTools['runbook'],
    secret: () => '',
    render: () => ({ text: '', blocks: [] }),
    judgeGate: async () => ({ call: 'go', counts: {}, because: [], said: '' }),
    readSigns: async () => ({ missing: [] }),
    decide: async ({ step }) => {
      const policy = needed.steps.get(step)?.onDoubt ?? 'ask';
      return policy === 'ask' ? 'stop' : policy;
    },
    emit: (event) => told.push(event),
    times: USUAL_TIMES,
    told,
    ...change,
    stop: change.stop ?? makeStopRequest(),
  };
}
