import type { Build } from './build.ts';

// While builds change, every third answer still comes from the old one: enough that nobody sees the new version
// three times in a row who asks alone.
const OLD_SHARE = 3;

/** Which build answers: the live one and, during a promotion, the one that is to follow it. */
export class Stage {
  live: Build | undefined;
  arriving: Build | undefined;
  private answers = 0;

  /** The build for the next request; undefined when nothing runs. */
  choose(): Build | undefined {
    const [old, next] = [this.live, this.arriving].map((build) => (build?.isRunning() ? build : undefined));
    if (old === undefined || next === undefined) return next ?? old;
    this.answers += 1;
    return this.answers % OLD_SHARE === 0 ? old : next;
  }
}
