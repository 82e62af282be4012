import { setTimeout as wait } from 'node:timers/promises';
import type { Users } from './start-users.ts';

const MINUTE_MS = 60_000;
/** Three minutes of twenty requests are the least that a watch compares with; who comes in the middle of one has enough of it. */
const MINUTES = 3.5;
const ROUNDS_PER_MINUTE = 40;
/** A sandbox that goes slowly is not waited for: what it lives through until its first release is its past. */
const LONGEST_MS = 6_000;

/** Lets people use what is live for some minutes, so that there is something to compare a release with; then they go. */
export async function makePast(users: Users, speed: number): Promise<void> {
  users.use(Math.min(100, (ROUNDS_PER_MINUTE * speed) / 60));
  await wait(Math.min(LONGEST_MS, (MINUTES * MINUTE_MS) / speed));
  users.use(0);
  await users.settled();
}
