import { sayDuration, seconds } from '../../domain/duration.ts';
import { isSaid } from '../../domain/status-word.ts';
import { defineStep, ReleaseError } from '../../kit.ts';
import { withinPatience } from '../within-patience.ts';

type Input = {
  env: string;
  state: 'identified' | 'monitoring';
  title: string;
  text: string;
  /** Entries that keep users out; none of them done: they are in, and something is wrong. */
  outBy: string[];
  patienceMs: number;
};
type Done = { state: string; link: string | null; at: string };

const tooSlow = (ms: number): ReleaseError =>
  new ReleaseError('E_STATUS_PAGE_UNREACHABLE', {
    what: `The status page has not answered for ${sayDuration(ms)}; nobody waits for it any longer.`,
    why: 'What it says is worth less than the time of users who are kept out.',
    next: 'Look at the page, and tell customers yourself.',
    // Not in doubt, or the run would ask a page that hangs; what is still on its way carries the mark of this run.
    state: 'partly-done',
  });

/**
 * RBX-7.2: tells the status page, in the one incident that this run has there. What the page says already is not said
 * again, whoever said it.
 */
export const tellPage = defineStep<'statuspage', Input, Done>({
  id: 'statuspage.tell',
  def: 1,
  needs: ['statuspage'],
  effect: 'probeable',
  settleMs: seconds(10),
  timeoutMs: seconds(30),
  stop: 'safe',
  title: ({ state }) => `Status page: ${state}`,
  run: async ({ statuspage }, { env, outBy, patienceMs, ...said }, context) => {
    const { run, facts, clock, signal } = context;
    const isOut = outBy.some((name) => facts[name] !== undefined);
    const late = new AbortController();
    context.guard();
    const order = { run, ...said, impact: isOut ? 'out' : 'impaired' } as const;
    const telling = statuspage.tell(env, order, AbortSignal.any([signal, late.signal]));
    try {
      const told = await withinPatience(patienceMs, context, telling, tooSlow);
      return {
        state: told?.state ?? said.state,
        link: told?.link ?? null,
        at: clock.now().toISOString(),
      };
    } finally {
      late.abort();
    }
  },
  inspect: async ({ statuspage }, { env, state, patienceMs }, context) => {
    // A receiver that cannot be asked knows a message that comes twice by its id.
    if (!statuspage.canRead(env)) return { state: 'absent' };
    const listed = await withinPatience(patienceMs, context, statuspage.list(env), tooSlow);
    const told = listed.find(({ run }) => run === context.run);
    if (told === undefined || !isSaid(told.state, state)) return { state: 'absent' };
    return { state: 'done', done: { state: told.state, link: told.link ?? null, at: told.at } };
  },
  undo: {
    kind: 'irreversible',
    because: 'customers have read it',
    instead: 'tell them how it goes on: release status-page',
  },
});
