import { type Evidence, listChanges } from './evidence.ts';
import { findStanding, type Refused } from './find-standing.ts';
import { isAtLeast } from './method.ts';
import type { DecisionRule } from './rule.ts';
import type { SignOff } from './sign-off.ts';

/** How a role of a decision stands. */
export interface RoleLine {
  readonly role: string;
  readonly state: 'go' | 'no-go' | 'stale' | 'refused' | 'waiting';
  readonly signOff?: SignOff;
  /** What keeps it from counting. */
  readonly why?: string;
}

/** What a decision has come to. */
export interface DecisionState {
  readonly lines: readonly RoleLine[];
  /** Those who say no; one is enough. */
  readonly noGo: readonly SignOff[];
  /** Roles that are waited for; none once it is complete. */
  readonly missing: readonly string[];
  readonly isComplete: boolean;
  readonly refused: readonly Refused[];
  readonly past: readonly SignOff[];
}

interface Counting {
  readonly rule: DecisionRule;
  readonly evidence: Evidence | undefined;
  readonly counted: readonly SignOff[];
}

function sayStale({ payload, items }: SignOff, evidence: Evidence | undefined): string | undefined {
  if (payload.evidence === evidence?.digest) return undefined;
  if (evidence === undefined) return 'evidence changed after signing: none is on record now';
  const changes = listChanges(items, evidence.items);
  return `evidence changed after signing: ${changes.join('; ') || 'it is not the same'}`;
}

/** Why a GO that stands is none for this decision; undefined: it counts. */
function whyNot({ payload, key }: SignOff, { rule, counted }: Counting): string | undefined {
  const { isSingleOperator, excluded, least } = rule;
  const demand = least.get(payload.role) ?? 'proxy';
  if (!isAtLeast(payload.method, demand)) return `${payload.method}, and ${payload.role} has to be ${demand}`;
  if (payload.person === excluded) return 'whoever deploys does not count among those who decide';
  if (isSingleOperator) return undefined;
  const same = counted.find((one) => one.payload.person === payload.person);
  if (same !== undefined) return `the same person signed already, as ${same.payload.role}`;
  const twin = key === undefined ? undefined : counted.find((one) => one.key === key);
  return twin && `the same key signed already, for ${twin.payload.person}`;
}

/** Of each role the best that was said; who came first counts first. */
function countGo(go: readonly SignOff[], rule: DecisionRule, evidence: Evidence | undefined) {
  const lines = new Map<string, RoleLine>();
  const counted: SignOff[] = [];
  for (const signOff of go) {
    const { role } = signOff.payload;
    if (lines.get(role)?.state === 'go') continue;
    const stale = sayStale(signOff, evidence);
    const why = stale ?? whyNot(signOff, { rule, evidence, counted });
    if (why === undefined) counted.push(signOff);
    const state = why === undefined ? 'go' : stale === undefined ? 'refused' : 'stale';
    lines.set(role, { role, state, signOff, ...(why === undefined ? {} : { why }) });
  }
  return lines;
}

/**
 * What the sign-offs of a decision come to, in the order in which they were recorded. It is complete when as many roles as it needs
 * have a GO that counts, each by somebody else, on the evidence as it is now, and nobody says no.
 */
export function judgeDecision(
  rule: DecisionRule,
  signOffs: readonly SignOff[],
  evidence: Evidence | undefined,
): DecisionState {
  const { standing, refused, past } = findStanding(signOffs);
  const noGo = standing.filter(({ payload }) => payload.decision === 'no-go');
  const go = countGo(
    standing.filter(({ payload }) => payload.decision === 'go'),
    rule,
    evidence,
  );
  const lines = rule.roles.map((role): RoleLine => {
    const no = noGo.find(({ payload }) => payload.role === role);
    if (no !== undefined) return { role, state: 'no-go', signOff: no };
    return go.get(role) ?? { role, state: 'waiting' };
  });
  const has = lines.filter(({ state }) => state === 'go').length;
  const isComplete = noGo.length === 0 && has >= rule.quorum;
  const missing = isComplete ? [] : lines.filter(({ state }) => state !== 'go').map(({ role }) => role);
  return { lines, noGo, missing, isComplete, refused, past };
}
