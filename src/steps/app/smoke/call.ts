import type { Runbook, Services } from '../../../kit.ts';
import type { Known } from './fill.ts';

export type Call = NonNullable<Runbook['smoke']>['calls'][number];

/** What every call of one smoke run shares. */
export interface Sending {
  readonly services: Pick<Services, 'web' | 'stripe'>;
  readonly env: string;
  readonly known: Known;
  /** Headers that let the run through maintenance mode. */
  readonly bypass: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Longest wait for one answer; undefined: as the port has it. */
  readonly timeoutMs?: number;
}

/** A record the run created, and the call that takes it away. */
export interface Created {
  readonly call: Call;
  readonly known: Known;
  /** The answer was wrong, or never came: what it names may be anybody's, so that the record is looked for by its name. */
  readonly isDoubtful?: true;
}
