import { isUnder, MESSAGES } from '../ask.ts';
import { bestAnswer } from '../best-answer.ts';
import type { Hit, LintRule } from '../rule.ts';
import { hit } from '../rule.ts';

/** Rows of the runbook against the configuration. */
export const answerRules: readonly LintRule[] = [
  {
    id: 'row-unanswered',
    severity: 'warn',
    title: 'No check, step, message, task or sign-off of the configuration has the words of this box',
    why: 'A box that no program answers is ticked from memory. Words are compared, not meaning: it may be answered under another name.',
    next: 'Configure what answers it, or say above the line why a person does: <!-- runbook-lint-disable-next-line row-unanswered … -->',
    find: ({ statements }, { answers }): readonly Hit[] => {
      if (answers === undefined) return [];
      return statements
        .filter(({ hasBox, text, section }) => hasBox && !text.endsWith(':') && !isUnder(section, MESSAGES))
        .filter(
          ({ text, group }) =>
            bestAnswer(`${text}`, answers) === undefined &&
            bestAnswer(`${group} ${text}`, answers) === undefined,
        )
        .map((one) => hit(one, `nothing of the configuration answers "${one.text}"`));
    },
  },
];
