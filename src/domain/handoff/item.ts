/** From development to operations, from operations to on-call, from one incident commander to the next. */
export const HANDOFF_KINDS = ['before', 'after', 'emergency'] as const;
export type HandoffKind = (typeof HANDOFF_KINDS)[number];

/** One line of a handoff (HOP, HOO and HOE rows). Ids are stable: answers and signatures name them. */
export interface HandoffItem<Fact extends string = string> {
  readonly id: string;
  readonly rows: readonly string[];
  readonly group: string;
  readonly text: string;
  /** auto: evidence alone ticks it. both: evidence proposes and a person confirms. person: nobody else knows. */
  readonly mode: 'auto' | 'both' | 'person';
  /** Checks of preflight that prove it. */
  readonly checks?: readonly string[];
  /** Facts from ledger, configuration or application that prove it. */
  readonly facts?: readonly Fact[];
  /** The question to a person. */
  readonly asks?: string;
  /** The only answers there are. */
  readonly choices?: readonly string[];
  /** It is asked only where another item was answered so. */
  readonly onlyWhen?: { readonly item: string; readonly says: string };
  /** How an answer is written: known issues as `what / severity / workaround`. */
  readonly shape?: 'issues';
}
