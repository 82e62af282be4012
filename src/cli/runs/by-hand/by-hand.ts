import type { Environment, Runbook } from '../../../config/schema/index.ts';
import type { JsonObject } from '../../../domain/json.ts';
import type { Plan, PlannedStep } from '../../../domain/plan.ts';
import type { RunState } from '../../../ledger/fold.ts';

/** What a person can do without this program, its ledger and its lock: a sentence, and a line for a terminal. */
export interface ByHand {
  readonly says: string;
  /** Secrets stand there as the names of their variables. */
  readonly line: string;
}

/** Where a run stopped, for whoever writes down how it goes on by hand. */
export interface Stopped {
  readonly plan: Plan;
  readonly state: RunState;
  readonly runbook: Runbook;
  readonly environment: Environment;
  /** Folder of the configuration. */
  readonly root: string;
}

/** One value as a shell takes it, whatever it holds. */
export const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

export const inputOf = ({ input }: PlannedStep): JsonObject => (input ?? {}) as JsonObject;

/** A secret as a shell reads it from its variable. */
export const variable = (secret: string): string => `$${secret.replace(/^\$/, '')}`;
