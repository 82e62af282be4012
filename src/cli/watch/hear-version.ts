import type { Wired } from '../wired.ts';
import { readLive } from './read-live.ts';

const ASKS = 3;
const APART_MS = 1000;

/** Which versions answered. More than one: a platform that restarts serves both for a while. */
export interface HeardVersions {
  readonly ours: number;
  /** The last one that is not ours, with its v; undefined: none answered. */
  readonly other: string | undefined;
  readonly others: number;
}

/**
 * Asks the application which version it is, and twice more where it says another than `wanted`: one answer of one old instance says
 * nothing of the rest. Rejects when the first is no answer.
 */
export async function hearVersions(
  wanted: string,
  wired: Pick<Wired, 'services' | 'env' | 'clock'>,
): Promise<HeardVersions> {
  const first = await readLive(wired);
  if (first === wanted) return { ours: 1, other: undefined, others: 0 };
  const heard: (string | undefined)[] = [first];
  while (heard.length < ASKS) {
    await wired.clock.sleep(APART_MS);
    heard.push(await readLive(wired).catch(() => undefined));
  }
  const others = heard.filter((one) => one !== undefined && one !== wanted);
  return { ours: heard.filter((one) => one === wanted).length, other: others.at(-1), others: others.length };
}
