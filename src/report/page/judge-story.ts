import type { Story } from '../../ledger/find-story.ts';
import type { RunState } from '../../ledger/fold.ts';
import { foldWatch } from '../../ledger/fold-watch.ts';
import type { Mark } from '../glyphs.ts';

/** What a story came to. */
export interface StoryVerdict {
  readonly mark: Mark;
  /** One or two words. */
  readonly word: string;
}

const NOT_OVER: Readonly<Partial<Record<RunState['end'], StoryVerdict>>> = {
  paused: { mark: 'stopped', word: 'stopped half way' },
  abandoned: { mark: 'stopped', word: 'given up' },
  unsafe: { mark: 'fail', word: 'unsafe' },
  reverted: { mark: 'fail', word: 'reverted' },
  failed: { mark: 'fail', word: 'failed' },
};

/** Nobody can go on with a run that was cut off once another one has begun. */
const judgeOpen = (isPast: boolean): StoryVerdict =>
  isPast ? { mark: 'unknown', word: 'cut off' } : { mark: 'running', word: 'not ended' };

function judgeDeploy({ plan, startedAt }: RunState, { events }: Story): StoryVerdict {
  const { ended, begun } = foldWatch(events, plan.version, startedAt);
  if (ended?.state === 'successful') return { mark: 'pass', word: 'successful' };
  if (ended?.state === 'complete') return { mark: 'pass', word: 'complete' };
  if (ended?.verdict === 'rollback') return { mark: 'fail', word: 'live, called back' };
  if (ended !== undefined) return { mark: 'warn', word: 'live, not proven' };
  return begun.length > 0
    ? { mark: 'running', word: 'live, watched' }
    : { mark: 'warn', word: 'live, unwatched' };
}

/** The word that stands above everything: unknown is never good. */
export function judgeStory(story: Story): StoryVerdict {
  const last = story.runs.at(-1) ?? story.subject;
  const early = NOT_OVER[last.end];
  const { command } = last.plan;
  const named = command === 'rollback' ? 'rollback ' : '';
  if (early !== undefined) return { ...early, word: `${named}${early.word}` };
  if (last.end === 'open') {
    const open = judgeOpen(story.isPast);
    return { ...open, word: `${named}${open.word}` };
  }
  if (command === 'rollback') return { mark: 'warn', word: 'rolled back' };
  return command === 'deploy' ? judgeDeploy(last, story) : { mark: 'pass', word: 'done' };
}
