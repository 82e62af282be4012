import type { SqlStatement } from '../../../src/services/sql/port.ts';
import type { Known } from './known.ts';

/** What a statement does to a database that people use. */
export type RuleClass = 'destructive' | 'locking' | 'rewrite' | 'incompatible' | 'safe';

/** `error` is NO-GO, `warning` is told, `note` decides nothing. */
export type Level = 'error' | 'warning' | 'note';

/** A rule as people see it; its id is permanent. */
export interface Rule {
  readonly id: string;
  /** Number of its row in docs/migrations.md; rules that belong together share one. */
  readonly row: number;
  readonly class: RuleClass;
  readonly level: Level;
  /** What it sees, in SQL. */
  readonly sees: string;
  /** What to do instead. */
  readonly remedy: string;
  /** True when no waiver helps: the program itself would refuse the file. */
  readonly isFinal?: true;
  /** True for matters of style, which are told when `migrations.lintNotes` is on. */
  readonly isStyle?: true;
}

/** A rule's answer about one statement. */
export interface Hit {
  readonly rule: string;
  /** First byte of what it is about. */
  readonly at: number;
  readonly said: string;
  /** Where it differs from the rule's own. */
  readonly level?: Level;
  readonly class?: RuleClass;
}

/** Rules of one kind, and the pure function that applies them to a statement. */
export interface Family {
  readonly rules: readonly Rule[];
  inspect(statement: SqlStatement, known: Known): readonly Hit[];
}
