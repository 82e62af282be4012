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

/** Every feed that was heard, found again without making a key for each tick. */
export class Feeds {
  readonly all: Feed[] = [];
  private readonly byMetric = new Map<string, Map<string, Map<string, Feed>>>();

  /** The feed of a tick; `greet` hears of one that is new. */
  find(tick: ValueTick | CountTick, greet: (feed: Feed) => void): Feed {
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
  }
}
