/** How fast one channel takes messages: about one a second, with short bursts. */
export interface PaceLimit {
  readonly perSecond: number;
  readonly burst: number;
}

/** Says how many seconds a channel must wait; undefined when the message may pass. A bucket per channel. */
export function makePace(
  { perSecond, burst }: PaceLimit,
  nowMs: () => number,
): (channel: string) => number | undefined {
  const buckets = new Map<string, { left: number; at: number }>();
  return (channel) => {
    const now = nowMs();
    const { left, at } = buckets.get(channel) ?? { left: burst, at: now };
    const filled = Math.min(burst, left + ((now - at) / 1000) * perSecond);
    if (filled < 1) {
      buckets.set(channel, { left: filled, at: now });
      return Math.max(1, Math.ceil((1 - filled) / perSecond));
    }
    buckets.set(channel, { left: filled - 1, at: now });
    return undefined;
  };
}
