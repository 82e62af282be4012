/** Collects output, keeping the last `cap` bytes: the end is where the error is. */
export function keepTail(cap: number): { add(part: Buffer): string; text(): string } {
  let parts: Buffer[] = [];
  let size = 0;
  return {
    add: (part) => {
      parts.push(part);
      size += part.length;
      if (size > cap * 2) {
        parts = [Buffer.concat(parts).subarray(-cap)];
        size = cap;
      }
      return part.toString('utf8');
    },
    text: () => Buffer.concat(parts).subarray(-cap).toString('utf8'),
  };
}

/** Turns pieces of output into whole lines. */
export function makeLineReader(onLine: ((line: string) => void) | undefined): (piece: string) => void {
  let rest = '';
  return (piece) => {
    if (onLine === undefined) return;
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  };
}
