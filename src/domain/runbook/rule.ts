import type { RunbookDocument, Spot } from './document.ts';

/** What is wrong at one place. */
export interface Hit extends Spot {
  /** In a sentence; never with a secret in it. */
  readonly said: string;
}

/** What an SQL block is, as PostgreSQL's grammar reads it. */
export type SqlFacts =
  | { readonly ok: true; readonly kinds: readonly string[] }
  | { readonly ok: false; readonly line: number; readonly said: string };

/** What of the configuration answers a line of the runbook, in the words of its title. */
export interface Answer {
  readonly by: string;
  readonly words: string;
}

/** What is known beside the text. What is undefined was not there to be compared with, and no rule guesses it. */
export interface Known {
  /** Today in the zone of the reader, `YYYY-MM-DD`. */
  readonly today: string;
  /** Titles of the roles that the configuration has. */
  readonly roles: readonly string[] | undefined;
  /** Hosts of protected environments. */
  readonly productionHosts: readonly string[];
  /** Checks, steps, sign-offs, messages and tasks of the configuration. */
  readonly answers: readonly Answer[] | undefined;
  /** Names of the scripts of package.json. */
  readonly scripts: readonly string[] | undefined;
  /** SQL blocks by the line of their opening fence. */
  readonly sql: ReadonlyMap<number, SqlFacts>;
}

/** A kind of mistake that any runbook can hold. */
export interface LintRule {
  /** Permanent: comments that switch it off name it. */
  readonly id: string;
  /** error: it would say yes wrongly, lose data, or cannot work. warn: it leaves something open. */
  readonly severity: 'error' | 'warn';
  readonly title: string;
  readonly why: string;
  readonly next: string;
  find(document: RunbookDocument, known: Known): readonly Hit[];
}

/** One finding of the linter, whole. */
export interface LintFinding extends Hit {
  readonly rule: string;
  readonly severity: LintRule['severity'];
  readonly why: string;
  readonly next: string;
}

export const hit = ({ line, col }: Spot, said: string): Hit => ({ line, col, said });

/** The first of several places that say the same; none where there is none. */
export const firstOf = (hits: readonly Hit[]): readonly Hit[] => hits.slice(0, 1);
