import type { Wired } from '../wired.ts';
import { readLive } from './read-live.ts';

/** How often it is asked before an answer of another version counts for anything. */
const ASKS = 3;
/** And before the one version that answers counts for the only one, where another did: instances take turns. */
export const ASKS_IN_DOUBT = 6;
const APART_MS = 1000;

/** Which versions answered. More than one: a platform that restarts serves both for a while. */
export interface HeardVersions {
  readonly ours: number;
  /** The last one that is not ours, with its v; undefined: none answered. */
  readonly other: string | undefined;
  readonly others: number;
}

/**
 * Asks the application which version it is, and again where it says another than `wanted`, or where `isDoubted`: one answer of one
 * instance says nothing of the rest. Rejects when the first is no answer.
 */
export async function hearVersions(
  wanted: string,
  wired: Pick<Wired, 'services' | 'env' | 'clock'>,
  isDoubted = false,
): Promise<HeardVersions> {
  const first = await readLive(wired);
  if (first === wanted && !isDoubted) return { ours: 1, other: undefined, others: 0 };
  const heard: (string | undefined)[] = [first];
  while (heard.length < (isDoubted ? ASKS_IN_DOUBT : ASKS)) {
    await wired.clock.sleep(APART_MS);
    heard.push(await readLive(wired).catch(() => undefined));
  }
  const others = heard.filter((one) => one !== undefined && one !== wanted);
  return { ours: heard.filter((one) => one === wanted).length, other: others.at(-1), others: others.length };
}
