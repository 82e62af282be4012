import {
  DRIFT_CHECKS,
  DRIFT_KINDS,
  type DriftChange,
  type DriftKind,
  type DriftState,
} from '../../domain/drift/drift-state.ts';
import { type DriftCall, judgeDrift } from '../../domain/drift/judge-drift.ts';
import { spellChanges } from '../../domain/drift/spell-changes.ts';
import type { Finding } from '../../domain/finding.ts';
import { sha256 } from '../../ledger/digest.ts';
import type { DriftBaseline, DriftRecord } from '../../ledger/fold-drift.ts';
import type { DriftEvidence } from './judge-area.ts';

/** What the drift gate answered. */
export interface DriftFindings {
  readonly findings: readonly Finding[];
  readonly absent: readonly { readonly check: string; readonly why: string }[];
}

/** Everything one look at the set-up gave. */
export interface DriftReport {
  readonly call: DriftCall;
  readonly baseline?: DriftBaseline;
  /** What nobody has accepted and no release explains. */
  readonly changes: readonly DriftChange[];
  /** What releases since the baseline brought on purpose. */
  readonly explained: readonly DriftChange[];
  readonly by: readonly string[];
  readonly unknown: readonly Finding[];
  readonly notCompared: readonly DriftKind[];
  /** Findings of the gate that are about no part of the set-up and want to be read. */
  readonly remarks: readonly Finding[];
  readonly absent: DriftFindings['absent'];
  /** The set-up as it is, as far as it could be read. */
  readonly state: DriftState;
  readonly version: string;
  readonly commit: string;
  /** Stands for this very set of changes. */
  readonly digest: string;
}

const OF_PARTS: readonly string[] = Object.values(DRIFT_CHECKS);

/** By name, not by room: a check of somebody's own may live in the same room and knows nothing of parts. */
const isOfPart = ({ check }: Finding): boolean => OF_PARTS.includes(check);

const isAboutPart = (finding: Finding): boolean =>
  isOfPart(finding) && typeof finding.evidence === 'object' && finding.evidence !== null;

/** What the other checks of the gate speak against "clean" with; an advisory one only warns. */
const namesOf = (remarks: readonly Finding[], outcome: Finding['outcome']): readonly string[] =>
  remarks.filter((one) => one.outcome === outcome && one.weight === 'blocker').map(({ check }) => check);

const evidenceIn = (findings: readonly Finding[]): readonly DriftEvidence[] =>
  findings.filter(isAboutPart).map(({ evidence }) => evidence as unknown as DriftEvidence);

/** Parts that one side alone has: new ones were never accepted, and those that are gone from the configuration are not read. */
function findNotCompared(
  parts: readonly DriftEvidence[],
  absent: DriftFindings['absent'],
  baseline: DriftBaseline | undefined,
): readonly DriftKind[] {
  if (baseline === undefined) return [];
  const isAbsent = (kind: DriftKind): boolean => absent.some(({ check }) => check === DRIFT_CHECKS[kind]);
  const onlyThen = DRIFT_KINDS.filter((kind) => baseline.state[kind] !== undefined && isAbsent(kind));
  return [...parts.filter((part) => !part.isCompared).map((part) => part.kind), ...onlyThen];
}

/** Puts the findings of the drift gate together. Pure. */
export function makeDriftReport({ findings, absent }: DriftFindings, record: DriftRecord): DriftReport {
  const parts = evidenceIn(findings);
  const changes = parts.flatMap((part) => part.changes);
  const unknown = findings.filter((one) => isOfPart(one) && one.outcome === 'unknown');
  const remarks = findings.filter(
    (one) => !isOfPart(one) && one.outcome !== 'pass' && one.outcome !== 'skip',
  );
  const { baseline } = record;
  const notCompared = findNotCompared(parts, absent, baseline);
  const build = parts.find((part) => part.build !== undefined)?.build;
  const call = judgeDrift({
    changes,
    notCompared,
    failed: namesOf(remarks, 'fail'),
    unknown: [...unknown.map(({ check }) => check), ...namesOf(remarks, 'unknown')],
    hasBaseline: baseline !== undefined,
  });
  return {
    call,
    changes,
    unknown,
    notCompared,
    absent,
    ...(baseline === undefined ? {} : { baseline }),
    explained: parts.flatMap((part) => part.explained),
    by: [...new Set(parts.flatMap((part) => part.by))],
    remarks,
    state: Object.fromEntries(parts.map(({ kind, area }) => [kind, area])),
    version: build?.version ?? '',
    commit: build?.commit ?? '',
    digest: sha256(spellChanges(changes)),
  };
}
