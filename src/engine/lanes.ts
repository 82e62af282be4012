interface Waiting {
  readonly keys: readonly string[];
  start(): void;
}

/** Lets at most `width` pieces of work at a service at the same time; the rest wait their turn. */
export function makeLanes(width: number) {
  const busy = new Map<string, number>();
  let waiting: Waiting[] = [];

  const isFree = (key: string): boolean => (busy.get(key) ?? 0) < width;
  const move = (keys: readonly string[], by: number): void => {
    for (const key of keys) busy.set(key, (busy.get(key) ?? 0) + by);
  };

  /** Starts who can go now that room has come at `keys`; nobody else is asked, or a thousand would be for each one. */
  const leave = (keys: readonly string[]): void => {
    move(keys, -1);
    const stay: Waiting[] = [];
    let i = 0;
    for (; i < waiting.length && keys.some(isFree); i += 1) {
      const next = waiting[i] as Waiting;
      if (next.keys.every(isFree)) {
        move(next.keys, 1);
        next.start();
      } else stay.push(next);
    }
    if (i > 0) waiting = [...stay, ...waiting.slice(i)];
  };

  /** Resolves once there is room at every key, which is then taken. */
  const enter = (keys: readonly string[]): Promise<void> | undefined => {
    if (!keys.every(isFree)) return new Promise((start) => waiting.push({ keys, start }));
    move(keys, 1);
    return undefined;
  };

  return {
    /** Runs `work` when every one of its services has room. */
    async run<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
      await enter(keys);
      try {
        return await work();
      } finally {
        leave(keys);
      }
    },
  };
}
