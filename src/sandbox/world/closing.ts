/** What must be ended, last first; also when a start breaks off half way. */
export interface Closing {
  later(end: () => unknown): void;
  close(): Promise<void>;
}

export function makeClosing(): Closing {
  const ends: (() => unknown)[] = [];
  return {
    later: (end) => void ends.push(end),
    close: async () => {
      for (const end of ends.splice(0).reverse()) await end();
    },
  };
}
