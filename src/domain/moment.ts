import type { JsonObject } from './json.ts';
import type { Plan } from './plan.ts';

/** What a message is about: a run at one moment, as plain data, so that the same message can be made again later. */
export interface Moment {
  readonly run: string;
  readonly env: string;
  /** A message that is about no run has a plan without entries. */
  readonly plan: Omit<Plan, 'command'> & { readonly command: Plan['command'] | 'drift' };
  /** What earlier entries did or found out, by entry name. */
  readonly facts: Readonly<Record<string, JsonObject>>;
  /** ISO. */
  readonly now: string;
  /** The entry that announces. */
  readonly step: string;
  /** True when later messages can answer this one: by bot token, not by webhook (E-95). */
  readonly canThread: boolean;
  /** True when nobody can know whether the message was already seen. */
  readonly repeated: boolean;
  /** ISO: written at `now`, sent only then. Left out: sent at once. */
  readonly sentAt?: string;
  /** Template variables that no run can compute, like a reason or the features of a release. */
  readonly notes: JsonObject;
}
