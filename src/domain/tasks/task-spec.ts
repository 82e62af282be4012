/** When something is to be done: so many hours after its anchor, or at the end of so many business days after it. */
export type Within =
  | {
      readonly hours: number;
      /** True: moved to the same time of the next business day when it falls on a day without work. */
      readonly onBusinessDay?: true;
    }
  | { readonly businessDays: number };

/** What the program can see for itself, so that nobody has to tell it. */
export type Sight =
  | 'database-kept'
  | 'measurements-kept'
  | 'report-sent'
  | 'engineering-told'
  | 'performance-kept'
  | 'fix-accepted'
  | 'postmortem-written'
  | 'postmortem-complete'
  | 'fix-prepared'
  | 'fix-rehearsed'
  | 'fix-passed'
  | 'fix-measured'
  | 'fix-on-staging'
  | 'fix-released'
  | 'night-clean'
  | 'queries-steady'
  | 'payments-steady'
  | 'stakeholders-told'
  | 'days-clean'
  | 'targets-met'
  | 'runbook-reviewed';

/** One thing that people do afterwards. */
export interface TaskSpec {
  /** Its row of the runbook, in small letters. */
  readonly id: string;
  readonly what: string;
  readonly within: Within;
  /** The first of these roles that the runbook has owns it, until somebody is named. */
  readonly roles: readonly string[];
  /** What shows that it is done. */
  readonly closedBy: string;
  readonly seenBy?: Sight;
}

/** What is to be done after something, in order. */
export interface TaskListSpec {
  /** Permanent: ledgers hold it. */
  readonly name: string;
  /** As people say it before the version that it is about: "after the rollback of". */
  readonly title: string;
  readonly tasks: readonly TaskSpec[];
}
