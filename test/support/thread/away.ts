import type { SlackStandIn } from '../../../src/sandbox/servers/slack/start.ts';
import type { makeStoryClock } from './story-clock.ts';

/** How a Slack is away: it says so, it says nothing, or it takes nothing for now. */
export type Absence = 'busy' | 'broken' | 'silent';

const ANSWERS = {
  broken: { status: 503, text: 'service unavailable' },
  busy: { status: 429, headers: { 'retry-after': '30' }, json: { ok: false, error: 'ratelimited' } },
} as const;

/** So long a client waits for an answer that does not come, in ms. */
const TIMEOUT_MS = 5000;

const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

/** The way to the Slack of a story, which may be away for a while of the story's time. */
export function makeAway(server: SlackStandIn, time: ReturnType<typeof makeStoryClock>) {
  let isSilent = false;
  let inFlight = 0;
  const say = async (url: Parameters<typeof fetch>[0], init: RequestInit | undefined): Promise<Response> => {
    if (!isSilent) return globalThis.fetch(url, init);
    await time.leap(TIMEOUT_MS);
    throw new DOMException('The operation was aborted due to timeout', 'TimeoutError');
  };
  const end = (): void => {
    isSilent = false;
    server.forgetFaults();
  };
  return {
    fetch: async (url: Parameters<typeof fetch>[0], init?: RequestInit): Promise<Response> => {
      inFlight += 1;
      return say(url, init).finally(() => {
        inFlight -= 1;
      });
    },
    /** Waits until no question is open: steps of a story take far longer than an answer. */
    atRest: async (): Promise<void> => {
      do await turn();
      while (inFlight > 0);
    },
    begin: (how: Absence, ms: number): void => {
      if (how === 'silent') isSilent = true;
      else server.addFault({ path: /./, times: Number.POSITIVE_INFINITY, answer: ANSWERS[how] });
      void time.clock.sleep(ms, new AbortController().signal).then(end);
    },
  };
}
