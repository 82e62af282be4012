import type { CliContext } from './context.ts';
import { wire } from './wire.ts';
import type { Wired } from './wired.ts';

/** Puts the program together, works with it, and lets go of its connections whatever happens. */
export async function withWired<T>(context: CliContext, work: (wired: Wired) => Promise<T>): Promise<T> {
  const wired = await wire(context);
  try {
    return await work(wired);
  } finally {
    await wired.close();
  }
}
