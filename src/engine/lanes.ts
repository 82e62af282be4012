/** Lets at most `width` pieces of work at a service at the same time; the rest wait their turn. */
export function makeLanes(width: number) {
  const busy = new Map<string, number>();
  const waiting: (() => void)[] = [];

  const isFree = (keys: readonly string[]): boolean => keys.every((key) => (busy.get(key) ?? 0) < width);
  const move = (keys: readonly string[], by: number): void => {
    for (const key of keys) busy.set(key, (busy.get(key) ?? 0) + by);
  };

  return {
    /** Runs `work` when every one of its services has room. */
    async run<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
      while (!isFree(keys)) await new Promise<void>((resolve) => waiting.push(resolve));
      move(keys, 1);
      try {
        return await work();
      } finally {
        move(keys, -1);
        for (const wake of waiting.splice(0)) wake();
      }
    },
  };
}
