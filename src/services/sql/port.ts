import type { SqlFields } from '../../domain/sql-tree.ts';

/** Where a statement stands: in the file, in a block or EXECUTE that runs with the file, or in a function's body. */
export type SqlOrigin = 'file' | 'block' | 'function';

/** One statement, also one inside of a block or a function. */
export interface SqlStatement {
  /** Kind of the node, like `DropStmt`. */
  readonly kind: string;
  /** Every `location` in it is a byte offset into the file. */
  readonly fields: SqlFields;
  /** First byte of the statement in the file, from 0; of what holds it where its text is not in the file as it is. */
  readonly at: number;
  readonly origin: SqlOrigin;
  /** Bare name of the function whose body it stands in. */
  readonly inside?: string;
}

/** SQL that cannot be looked into. */
export interface SqlUnread {
  /** `dynamic`: text that is put together while it runs · `body`: a body that cannot be read · `foreign`: no SQL. */
  readonly why: 'dynamic' | 'body' | 'foreign';
  readonly said: string;
  readonly at: number;
  readonly origin: SqlOrigin;
  readonly inside?: string;
}

/** A comment with its marks; `end` is the byte after it. */
export interface SqlComment {
  readonly text: string;
  readonly at: number;
  readonly end: number;
}

/** A file as the server's own parser reads it, or where and why it cannot. */
export type ReadSql =
  | {
      readonly ok: true;
      /** In the order of the file; what stands in a body follows the statement that holds it. */
      readonly statements: readonly SqlStatement[];
      readonly unread: readonly SqlUnread[];
      readonly comments: readonly SqlComment[];
    }
  | {
      readonly ok: false;
      readonly said: string;
      readonly at: number;
      readonly comments: readonly SqlComment[];
    };

/** Reads SQL as PostgreSQL does. Asks nobody and needs no account. */
export interface SqlPort {
  /** Never throws for what the text is; a text that is no SQL is a value. */
  read(sql: string): Promise<ReadSql>;
  /** Loads the parser, for who has to wait for others before there is a text: its first text takes as long as 200 more. */
  makeReady(): Promise<void>;
}
