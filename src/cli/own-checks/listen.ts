import type { Foreign } from '../foreign.ts';

const KEPT = 2000;

/** What a file of checks did besides answering. */
export interface Listening extends Foreign {
  /** Rejects with the first error that nothing in the file waited for. */
  readonly broken: Promise<never>;
  /** How much was written to the terminal, and the beginning of it. */
  heard(): { readonly bytes: number; readonly start: string };
}

const sizeOf = (text: string | Uint8Array): number =>
  typeof text === 'string' ? Buffer.byteLength(text) : text.byteLength;

/** Ears for one file: nothing that it writes is lost without a word, and none of it is kept without a limit. */
export function listenTo(path: string): Listening {
  let bytes = 0;
  let start = '';
  let rejectBroken: (error: unknown) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => {
    rejectBroken = reject;
  });
  // Somebody may be waiting for it, or nobody any more.
  broken.catch(() => undefined);
  return {
    path,
    broken,
    broke: rejectBroken,
    wrote: (text) => {
      bytes += sizeOf(text);
      if (start.length >= KEPT) return;
      const said = typeof text === 'string' ? text : Buffer.from(text).toString('utf8', 0, KEPT);
      start = (start + said.slice(0, KEPT)).slice(0, KEPT);
    },
    heard: () => ({ bytes, start }),
  };
}
