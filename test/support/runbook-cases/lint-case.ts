import type { Known } from '../../../src/domain/runbook/rule.ts';

/** A mistake and the same without it. `»` stands at the beginning of each line that the rule must name. */
export interface LintCase {
  readonly rule: string;
  /** Correction whose mistake it is. */
  readonly row?: string;
  readonly bad: string;
  readonly good: string;
  readonly known?: Partial<Known>;
}

/** A block of shell below a heading. */
export const shell = (heading: string, ...lines: readonly string[]): string =>
  `## ${heading}\n\n~~~sh\n${lines.join('\n')}\n~~~\n`;
