import { makeChance } from '../simulation/chance.ts';
import { type Played, playRound } from './play-round.ts';
import type { Point } from './shots.ts';

/** What a lane is told to play; it plays until it is ended. */
export interface LaneOrder {
  readonly seed: number;
  readonly bin: string;
  readonly points: readonly Point[];
}

/** What a lane tells. */
export interface LaneSays {
  readonly played: Played;
}

const tell = (says: LaneSays): void => void process.send?.(says);

/**
 * Plays round after round in a process of its own: to remove one world takes seconds, in which the servers of another
 * one would answer nobody. Ends when its parent asks for no more, or is gone.
 */
export async function playLane({ seed, bin, points }: LaneOrder): Promise<void> {
  let isOver = false;
  process.on('message', () => {
    isOver = true;
  });
  process.on('disconnect', () => {
    isOver = true;
  });
  const onPlayed = (played: Played): void => tell({ played });
  for (let round = 1; !isOver; round += 1)
    await playRound({ chance: makeChance(seed + round), bin, points, onPlayed, isOver: () => isOver });
}
