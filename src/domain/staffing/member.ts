/** Hours of a day in which somebody can be reached. Days are 1 (Monday) to 7. */
export interface Hours {
  readonly days: readonly number[];
  readonly from: string;
  /** On the next day when it is not after `from`. */
  readonly to: string;
  readonly zone: string;
}

/** Somebody who can take roles, and when. */
export interface Member {
  readonly name: string;
  /** As lines of allowed signers name them. */
  readonly email?: string | undefined;
  readonly roles: readonly string[];
  /** Undefined: at any time. */
  readonly hours: readonly Hours[] | undefined;
  /** Whole days, first and last. */
  readonly away: readonly { readonly from: string; readonly to: string }[];
  /** In which `away` is meant. */
  readonly zone: string;
}
