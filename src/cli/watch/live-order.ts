import type { Level } from '../../domain/watch/rule.ts';

/** What a person asked of a watch. */
export interface LiveOrder {
  readonly wanted: string | undefined;
  /** From now on; undefined: to the end of the monitoring. */
  readonly forMs: number | undefined;
  /** Pace of our own requests. */
  readonly everySeconds: number | undefined;
  readonly failOn: Level;
  /** True: --fail-on was said, so that the watch ends when it fires, whoever sits there. */
  readonly failOnIsTyped?: boolean;
  readonly autoRollback: Level | undefined;
  readonly once: boolean;
  readonly rules: string | undefined;
}
