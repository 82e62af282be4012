import { brokenIntegrity, type IntegrityAnswer } from '../../../src/domain/integrity.ts';
import type { MeasuredMigration } from '../../../src/domain/measured-migration.ts';

/** One pending file as it went up. */
export interface TriedFile {
  readonly tag: string;
  readonly first: MeasuredMigration;
  /** The second time up; missing where it was not taken back. */
  readonly again?: MeasuredMigration;
  /** Rows of the tables it touched, by table; missing where counting took too long. */
  readonly rows: Readonly<Record<string, number>>;
}

/** What went wrong with a file or with the data; `said` is a sentence without an end. */
export interface Problem {
  readonly stage: 'up' | 'down' | 'again' | 'data';
  readonly said: string;
}

/** What came of a rehearsal. */
export interface Trial {
  readonly files: readonly TriedFile[];
  readonly problems: readonly Problem[];
  /** Files that stay, because one of them or an earlier one has no rollback script. */
  readonly oneWay: readonly string[];
  /** sha256 of the schema before and after the files; `after` is missing when they did not all go up. */
  readonly before: string;
  readonly after?: string;
}

/** Integrity answers that do not hold. */
export const brokenOf = (answers: readonly IntegrityAnswer[], when: string): readonly Problem[] =>
  brokenIntegrity(answers).map(({ said }) => ({ stage: 'data', said: `${said} ${when}` }));
