import { type Feed, makeFeed } from './feed.ts';
import type { CountTick, ValueTick } from './tick.ts';

/** What a map holds under a key; made when nothing is there. */
function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

const isOf = (feed: Feed, { metric, series, source }: ValueTick | CountTick): boolean =>
  feed.series === series && feed.metric === metric && feed.source === source;

/** Every feed that was heard, found again without making a key for each tick. */
export class Feeds {
  readonly all: Feed[] = [];
  /** Where the feed stands that is expected to be told next. */
  private turn = 0;
  private readonly byMetric = new Map<string, Map<string, Map<string, Feed>>>();

  /** The feed of a tick; `greet` hears of one that is new. */
  find(tick: ValueTick | CountTick, greet: (feed: Feed) => void): Feed {
    // A round is told in the order of the one before: the next one is found without looking it up.
    const next = this.all[this.turn];
    if (next !== undefined && isOf(next, tick)) {
      this.turn = this.turn + 1 === this.all.length ? 0 : this.turn + 1;
      return next;
    }
    const found = this.lookUp(tick, greet);
    this.turn = (this.all.indexOf(found) + 1) % this.all.length;
    return found;
  }

  private lookUp(tick: ValueTick | CountTick, greet: (feed: Feed) => void): Feed {
    const bySeries = getOrMake(this.byMetric, tick.metric, () => new Map<string, Map<string, Feed>>());
    const bySource = getOrMake(bySeries, tick.series, () => new Map<string, Feed>());
    return getOrMake(bySource, tick.source, () => {
      const feed = makeFeed(tick);
      this.all.push(feed);
      greet(feed);
      return feed;
    });
  }

  /** Nobody watched: what was told before counts no more. */
  forget(): void {
    this.byMetric.clear();
    this.all.length = 0;
    this.turn = 0;
  }
}
