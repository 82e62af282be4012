import type { WatchVerdict } from '../../domain/watch/tally.ts';
import { EXIT, type ExitCode } from '../exit.ts';

/** What a watch or a replay ends with. */
export const WATCH_EXITS: Readonly<Record<WatchVerdict, ExitCode>> = {
  healthy: EXIT.ok,
  evaluate: EXIT.no,
  inconclusive: EXIT.no,
  rollback: EXIT.rollBack,
};
