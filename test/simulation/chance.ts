/** Chance that can be had again: the same seed rolls the same (mulberry32). */
export function makeChance(seed: number) {
  let state = (seed * 0x9e3779b1) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  return {
    next,
    happens: (share: number): boolean => next() < share,
    below: (limit: number): number => Math.floor(next() * limit),
  };
}

export type Chance = ReturnType<typeof makeChance>;
