/** A row of the kept state: its key as one line of JSON, and one SQL literal a column, quoted by the server. */
export interface GapRow {
  readonly key: string;
  readonly values: readonly string[];
}

/** A row that is there now, untouched since the restore, with other content than it was given in the gap. */
export interface ChangedRow extends GapRow {
  /** Digest of its present content, and who wrote it: the change is made only to the row that was looked at. */
  readonly seen: string;
  readonly xmin: string;
}

/** A row that was deleted in the gap and is back with the restore. `literal` is the key as an SQL literal of JSON. */
export interface DeletedRow {
  readonly key: string;
  readonly literal: string;
  /** As in `ChangedRow`. */
  readonly seen: string;
  readonly xmin: string;
}

/** A row that only a person can decide about. */
export interface ConflictRow {
  readonly key: string;
  /** What the kept state holds. */
  readonly values: readonly string[];
  readonly why: string;
}

export interface GapColumn {
  /** As an SQL identifier, quoted by the server. */
  readonly quoted: string;
  /** Its type, as SQL writes it. */
  readonly type: string;
  readonly isKey: boolean;
  /** True for an identity that an update may not set. */
  readonly isFixed: boolean;
}

/** What a restore took from one table. */
export interface GapTable {
  /** As people call it. */
  readonly name: string;
  /** As SQL does, quoted by the server. */
  readonly quoted: string;
  /** Columns that both states have, in the order of the rows' values; generated ones are left out. */
  readonly columns: readonly GapColumn[];
  /** Columns of the kept state that are gone now, or have another type: their content cannot come back. */
  readonly leftOut: readonly string[];
  readonly hasTriggers: boolean;
  readonly refersToItself: boolean;
  /** Tables whose rows go, or change, when one of this table is deleted. */
  readonly followers: readonly string[];
  /** Rows that the gap wrote, changes of a row as one. */
  readonly written: number;
  readonly lost: readonly GapRow[];
  readonly changed: readonly ChangedRow[];
  readonly deleted: readonly DeletedRow[];
  readonly conflicts: readonly ConflictRow[];
}

/**
 * A table whose rows cannot be told one by one. `rows` is what was written to it in the gap, changes of a row as one; left
 * out where it may not be read.
 */
export interface UncomparedTable {
  readonly name: string;
  readonly rows?: number;
  readonly why: string;
}

/** A sequence that stands behind the kept state: it would give numbers out twice. */
export interface BehindSequence {
  readonly name: string;
  readonly quoted: string;
  /** The quoted name as an SQL literal. */
  readonly literal: string;
  readonly to: string;
  readonly goesUp: boolean;
  /** The table whose column it numbers, as SQL writes it; none for one that stands alone. */
  readonly owner: string | null;
}

/** Everything that was written between a restore point and the restore, against what is there now. */
export interface Gap {
  /** Parents before children; tables without a difference are left out. */
  readonly tables: readonly GapTable[];
  readonly uncompared: readonly UncomparedTable[];
  /** Rows that are there now alone and were written since: new ones, or deleted in the gap and touched since. */
  readonly since: readonly { readonly name: string; readonly rows: number }[];
  readonly sequences: readonly BehindSequence[];
  /** Names of sequences of which nobody could say where they stand. */
  readonly unreadSequences: readonly string[];
}

/** Which restore a gap belongs to. */
export interface GapOrigin {
  readonly env: string;
  readonly run: string;
  readonly keptAs: string;
  /** The restore point's moment (ISO). */
  readonly at: string;
  /** Why no change may be made unattended; left out when the undone release cannot have made one itself. */
  readonly holdsChanges?: string;
}

export interface GapCounts {
  readonly lost: number;
  readonly changed: number;
  readonly deleted: number;
  readonly conflicts: number;
}

/** Adds up what the tables say. */
export function countGap({ tables }: Pick<Gap, 'tables'>): GapCounts {
  const sum = (of: keyof GapCounts): number => tables.reduce((all, table) => all + table[of].length, 0);
  return { lost: sum('lost'), changed: sum('changed'), deleted: sum('deleted'), conflicts: sum('conflicts') };
}

/** Content of a row as one text, for a comparison: an SQL expression over `columns` of `row`. */
export const digestOf = (row: string, columns: readonly string[]): string =>
  `encode(sha256(convert_to(row(${columns.map((one) => `${row}.${one}`).join(', ')})::text, 'UTF8')), 'hex')`;

/** How values are written as text, and read back: both sides and the file must agree, whatever their own settings are. */
export const GAP_SETTINGS: Readonly<Record<string, string>> = {
  datestyle: 'ISO, MDY',
  intervalstyle: 'postgres',
  timezone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '1',
  // A policy would hide rows, or refuse them one by one: with this, PostgreSQL refuses all.
  row_security: 'off',
};
