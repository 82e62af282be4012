import type { DecisionState } from '../../domain/approvals/judge-decision.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { DecisionStory } from '../../report/approval-text.ts';
import type { Wired } from '../wired.ts';
import type { DecisionAtHand } from './decision-at-hand.ts';

type Shown = Pick<DecisionAtHand, 'point' | 'version' | 'title' | 'outcomes'>;

/** A decision as the screen shows it. */
export const makeStory = (
  { point, version, title, outcomes }: Shown,
  state: DecisionState,
  { runbook: { people, staffing, timezone } }: Pick<Wired, 'runbook'>,
): DecisionStory => ({
  ...{ point, version, title, outcomes, state, zone: timezone },
  isSingleOperator: staffing?.singleOperator ?? false,
  nameOf: (person) => (Object.hasOwn(people, person) ? (people[person]?.name ?? person) : person),
  whoCan: (role) =>
    Object.values(people)
      .filter(({ roles }) => roles.includes(role))
      .map(({ name }) => name),
});

/** A decision for machines. */
export const decisionAsJson = (
  { point, version, run, outcomes, evidence }: DecisionAtHand,
  { lines, refused, past, missing, isComplete, noGo }: DecisionState,
): JsonObject => ({
  ...{ point, version, run, complete: isComplete },
  evidence: evidence?.digest ?? null,
  decision: noGo.length > 0 ? outcomes[1] : isComplete ? outcomes[0] : null,
  required: lines.map(({ role }) => role),
  missing: [...missing],
  given: lines.flatMap(({ role, state, signOff, why }) =>
    signOff === undefined
      ? []
      : [
          {
            ...{ role, state, why: why ?? signOff.fault?.why ?? null, stale: state === 'stale' },
            ...{ person: signOff.payload.person, decision: signOff.payload.decision },
            ...{ method: signOff.payload.method, key: signOff.key ?? null, at: signOff.payload.at },
            ...{ digest: signOff.payload.evidence, comment: signOff.payload.comment },
          },
        ],
  ),
  refused: refused.map(({ signOff: { id, payload }, why }) => ({
    id,
    role: payload.role,
    person: payload.person,
    why,
  })),
  past: past.map(({ id, payload }) => ({
    id,
    role: payload.role,
    person: payload.person,
    decision: payload.decision,
  })),
});
