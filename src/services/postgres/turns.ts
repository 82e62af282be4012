/** Lets `width` callers in at a time; the others wait in line, without a limit of their own. */
export function makeTurns(width: number) {
  let free = width;
  const waiting: (() => void)[] = [];
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  /** Resolves with the function that gives the turn back. */
  return async (): Promise<() => void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((mine) => waiting.push(mine));
    return leave;
  };
}
