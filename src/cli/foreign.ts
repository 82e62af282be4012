import { AsyncLocalStorage } from 'node:async_hooks';

/** A file of the runbook owner's code while it runs inside this program. */
export interface Foreign {
  /** Absolute path of the file. */
  readonly path: string;
  /** Hears what the code wrote to stdout or stderr, instead of the terminal. */
  wrote(text: string | Uint8Array): void;
  /** Hears an error that nothing of the code waited for. */
  broke(error: unknown): void;
}

const whose = new AsyncLocalStorage<Foreign>();
const known = new Set<Foreign>();

type Write = (chunk: string | Uint8Array, ...rest: Rest) => boolean;
type Rest = readonly (string | ((error?: Error | null) => void) | undefined)[];

/** Lets our own text through, and hands foreign text to whoever listens. */
function makeGuard(own: Write): Write {
  return (chunk, ...rest) => {
    const foreign = whose.getStore();
    if (foreign === undefined) return own(chunk, ...rest);
    foreign.wrote(chunk);
    const told = rest.find((one) => typeof one === 'function');
    if (told !== undefined) process.nextTick(told);
    return true;
  };
}

/** A live view takes the stream's `write` over while it shows: the guard stays before whichever is there. */
function divert(stream: NodeJS.WriteStream): void {
  const guards = new Set<Write>();
  const guard = (own: Write): Write => {
    const guarded = makeGuard(own);
    guards.add(guarded);
    return guarded;
  };
  let now = guard(stream.write.bind(stream) as Write);
  Object.defineProperty(stream, 'write', {
    configurable: true,
    get: () => now,
    set: (next: Write) => {
      now = guards.has(next) ? next : guard(next.bind(stream));
    },
  });
}

/** stdout is the answer of this program: nobody else writes there, and nobody else ends the process. */
function keepHouse(): void {
  divert(process.stdout);
  divert(process.stderr);
  const exit = process.exit.bind(process);
  process.exit = ((code?: number) => {
    if (whose.getStore() === undefined) return exit(code);
    throw new Error('process.exit() was called: a check may not end the program');
  }) as typeof process.exit;
}

/** Runs work that is not ours: what it writes is heard by `foreign`, and it cannot end the process. */
export function runForeign<T>(foreign: Foreign, work: () => T): T {
  if (known.size === 0) keepHouse();
  known.add(foreign);
  return whose.run(foreign, work);
}

/** True when an error that nobody waited for came out of foreign code, which has been told of it. */
export function blameForeign(error: unknown): boolean {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const foreign = whose.getStore() ?? [...known].find(({ path }) => stack.includes(path));
  whose.exit(() => foreign?.broke(error));
  return foreign !== undefined;
}
