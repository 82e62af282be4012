import { didYouMean } from '../suggest.ts';
import type { RunbookDocument } from './document.ts';
import type { Known, LintFinding, LintRule } from './rule.ts';
import { LINT_RULES } from './rules/index.ts';
import { covers, readSuppressions, type Suppression } from './suppressions.ts';
import { hideWritten } from './written-secrets.ts';

/** What the linter found, and what somebody accepted with a reason. */
export interface LintAnswer {
  readonly findings: readonly LintFinding[];
  readonly accepted: readonly (LintFinding & { readonly reason: string })[];
}

/** Comments that do not do what they are there for. They cannot be switched off themselves. */
export const SUPPRESSION_RULES = {
  'comment-without-reason': 'A comment switches a rule off and does not say why',
  'comment-unknown-rule': 'A comment switches off a rule that there is not',
  'comment-unused': 'A comment switches off what was not found',
} as const;

type SuppressionRule = keyof typeof SUPPRESSION_RULES;

const about = (
  rule: SuppressionRule,
  { line }: Suppression,
  severity: LintFinding['severity'],
  said: string,
  next: string,
): LintFinding => ({
  rule,
  severity,
  line,
  col: 1,
  said,
  why: 'What is hidden without a word cannot be looked at again.',
  next,
});

const IDS = LINT_RULES.map(({ id }) => id);

function judgeComment(comment: Suppression, isUsed: boolean): readonly LintFinding[] {
  const unknown = comment.rules.find((rule) => !IDS.includes(rule));
  if (unknown !== undefined || comment.rules.length === 0) {
    const said =
      unknown === undefined
        ? 'no rule is named'
        : `there is no rule "${unknown}".${didYouMean(unknown, IDS)}`;
    return [about('comment-unknown-rule', comment, 'error', said, 'Name the rule as the finding does.')];
  }
  if (comment.reason === '')
    return [
      about(
        'comment-without-reason',
        comment,
        'error',
        `${comment.rules.join(', ')} is switched off without a reason`,
        'Write the reason behind the rule.',
      ),
    ];
  return isUsed
    ? []
    : [
        about(
          'comment-unused',
          comment,
          'warn',
          `${comment.rules.join(', ')} finds nothing there`,
          'Take the comment away.',
        ),
      ];
}

function askRule(rule: LintRule, document: RunbookDocument, known: Known): readonly LintFinding[] {
  const { id, severity, why, next } = rule;
  return rule.find(document, known).map(({ line, col, said }) => ({
    ...{ rule: id, severity, line, col, why, next },
    said: hideWritten(said),
  }));
}

const inOrder = <T extends LintFinding>(findings: readonly T[]): readonly T[] =>
  [...findings].sort((a, b) => a.line - b.line || a.col - b.col || (a.rule < b.rule ? -1 : 1));

/** Every mistake of a runbook that a rule knows, in the order of the text. Only a comment with a reason hides one. */
export function lintRunbook(document: RunbookDocument, known: Known): LintAnswer {
  const found = LINT_RULES.flatMap((rule) => askRule(rule, document, known));
  const comments = readSuppressions(document);
  const valid = comments.filter((one) => one.reason !== '' && one.rules.every((rule) => IDS.includes(rule)));
  const byComment = (finding: LintFinding) => valid.find((one) => covers(one, finding));
  const used = new Set(found.map(byComment));
  return {
    findings: inOrder([
      ...found.filter((one) => byComment(one) === undefined),
      ...comments.flatMap((one) => judgeComment(one, used.has(one))),
    ]),
    accepted: inOrder(
      found.flatMap((one) => {
        const comment = byComment(one);
        return comment === undefined ? [] : [{ ...one, reason: comment.reason }];
      }),
    ),
  };
}
