import { minutes } from '../domain/duration.ts';
import type { Holder } from './ledger.ts';

/** Longer than a step or a question usually takes. */
const SILENT_MS = minutes(10);

/**
 * True when nothing was heard of a holder elsewhere for so long that people are told how to go on without it. It still
 * counts as alive: no clock takes a lock away from it, only a person does. `now`: ms since 1970.
 */
export const isSilent = ({ alive, lastSign }: Holder, now: number): boolean =>
  alive && now - Date.parse(lastSign) >= SILENT_MS;
