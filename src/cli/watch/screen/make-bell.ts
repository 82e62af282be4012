import { minutes } from '../../../domain/duration.ts';
import { callOf, type Live } from '../live.ts';
import { findLoud } from './make-alarms.ts';

const AGAIN_MS = minutes(1);

/** Rings when something new calls for a rollback, and every minute until it is answered or acknowledged. */
export function makeBell(live: Live): (at: number) => void {
  let rung: { readonly call: string; readonly at: number } | undefined;
  return (at) => {
    const loud = findLoud(live);
    if (loud === undefined) {
      rung = undefined;
      return;
    }
    const call = callOf(loud);
    if (rung?.call === call && at < rung.at + AGAIN_MS) return;
    rung = { call, at };
    live.screen?.ring();
  };
}
