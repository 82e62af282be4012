import { row } from './status-rows.ts';

/** A decision that people are waited for, or that one of them has said no to. */
export interface Waiting {
  readonly point: number;
  readonly version: string;
  readonly said: string;
}

/** Who has to sign what (docs/approvals.md). */
export const sayWaiting = (waiting: readonly Waiting[] = []): string[] =>
  waiting.flatMap(({ point, version, said }) => row('', `decision ${point} of ${version}: ${said}`));
