import { judgeCriteria } from '../../domain/go-no-go/judge-criteria.ts';
import type { ChecksAnswer } from '../../engine/run-checks.ts';
import type { CriteriaStory } from '../../report/criteria-text.ts';
import type { Wired } from '../wired.ts';

/** What the findings of a gate say about the GO and NO-GO criteria, and who decides. */
export function readCriteria(
  { findings, absent }: Pick<ChecksAnswer, 'findings' | 'absent'>,
  { runbook: { roles, decisions } }: Pick<Wired, 'runbook'>,
): CriteriaStory {
  const deciders = decisions?.[1]?.roles ?? [];
  return {
    answers: judgeCriteria({ findings, absent, roles, deciders }),
    deciders: deciders.map((role) => roles[role]?.title ?? role),
  };
}
