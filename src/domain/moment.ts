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
  /** Name of the channel that it is written for; left out: for any. */
  readonly channel?: string;
  /** True when nobody can know whether the message was already seen. */
  readonly repeated: boolean;
  /** ISO: written at `now`, sent only then. Left out: sent at once. */
  readonly sentAt?: string;
  /**
   * Role → who is on call in it at `now`, for the roles that PagerDuty knows. `slack` is null for whoever must not be mentioned; a role
   * of which nobody knows has a name that says so. Left out: nobody asks PagerDuty.
   */
  readonly onDuty?: Readonly<Record<string, { readonly name: string; readonly slack: string | null }>>;
  /** Template variables that no run can compute, like a reason or the features of a release. */
  readonly notes: JsonObject;
}
