import type { RunbookDocument } from './document.ts';
import type { LintFinding } from './rule.ts';

const COMMENT = /<!--\s*runbook-lint-disable-next-line\b\s*([^>]*?)\s*-->/;

/** A comment that accepts a finding of the next line, or of the block that begins there. */
export interface Suppression {
  readonly line: number;
  readonly rules: readonly string[];
  readonly reason: string;
  /** Lines it is about, from and to. */
  readonly from: number;
  readonly to: number;
}

/** The next line that is neither empty nor such a comment itself. */
function targetOf(lines: readonly string[], after: number): number {
  const at = lines.findIndex((line, i) => i >= after && line.trim() !== '' && !COMMENT.test(line));
  return at < 0 ? lines.length : at + 1;
}

function readOne({ lines, fences }: RunbookDocument, said: string, line: number): Suppression {
  const [rules = '', ...words] = said.split(/\s+/);
  const from = targetOf(lines, line);
  const fence = fences.find((one) => one.line === from);
  const reason = words.join(' ').replace(/^(--|:|–|—)\s*/, '');
  return {
    line,
    rules: rules.split(',').filter(Boolean),
    reason,
    from,
    to: from + (fence?.lines.length ?? 0),
  };
}

/** Every comment that switches a rule off, whether it says enough or not. */
export const readSuppressions = (document: RunbookDocument): readonly Suppression[] =>
  document.lines.flatMap((text, i) => {
    const said = COMMENT.exec(text)?.[1];
    return said === undefined ? [] : [readOne(document, said, i + 1)];
  });

export const covers = ({ rules, from, to }: Suppression, { rule, line }: LintFinding): boolean =>
  rules.includes(rule) && line >= from && line <= to;
