import { compareAreas } from '../../domain/drift/compare-areas.ts';
import type { DriftArea, DriftChange, DriftKind } from '../../domain/drift/drift-state.ts';
import { explainSchema } from '../../domain/drift/explain-schema.ts';
import { foldOwned } from '../../domain/drift/fold-owned.ts';
import type { Judgement } from '../../domain/finding.ts';
import type { Json } from '../../domain/json.ts';
import { plural } from '../../domain/plural.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { DriftRecord } from '../../ledger/fold-drift.ts';
import type { LiveBuild } from './read-build.ts';

/** One part of the set-up as it is now. `build` is the code it was read from or told by. */
export interface DriftSeen {
  readonly area: DriftArea;
  readonly build?: LiveBuild;
}

/** What a check on one part found: the evidence of its finding. */
export interface DriftEvidence extends DriftSeen {
  readonly kind: DriftKind;
  /** False when the baseline does not have this part. */
  readonly isCompared: boolean;
  readonly changes: readonly DriftChange[];
  readonly explained: readonly DriftChange[];
  /** The versions that explain them. */
  readonly by: readonly string[];
}

type Split = Pick<DriftEvidence, 'changes' | 'explained' | 'by'>;

/** What is read from the code changes with the code alone: a release explains all of it, anything else nothing. */
function splitByBuild(changes: readonly DriftChange[], build: LiveBuild, accepted: string): Split {
  const isExplained = build.isReleased && build.commit !== accepted && changes.length > 0;
  if (!isExplained) return { changes, explained: [], by: [] };
  return { changes: [], explained: changes, by: [build.version] };
}

function splitBySchema(accepted: DriftArea, now: DriftArea, { moves }: DriftRecord): Split {
  const { explained, open } = explainSchema(
    accepted,
    now,
    moves.map((one) => one.moves),
  );
  const by = explained.length === 0 ? [] : [...new Set(moves.map(({ version }) => version))];
  return { changes: foldOwned(open), explained: foldOwned(explained), by };
}

/** What one part has that was not accepted, and what of it the releases since then brought on purpose. */
export function findDrift(
  kind: DriftKind,
  seen: DriftSeen,
  record: DriftRecord,
  required: readonly string[],
): DriftEvidence {
  const accepted = record.baseline?.state[kind];
  const changes = compareAreas(kind, accepted ?? seen.area, seen.area, required);
  const head = { kind, ...seen, isCompared: accepted !== undefined };
  if (seen.build !== undefined)
    return { ...head, ...splitByBuild(changes, seen.build, record.baseline?.commit ?? '') };
  if (kind === 'schema' && accepted !== undefined)
    return { ...head, ...splitBySchema(accepted, seen.area, record) };
  return { ...head, changes, explained: [], by: [] };
}

const MOST_NAMES = 5;

const sayNames = (changes: readonly DriftChange[]): string => {
  const names = changes.slice(0, MOST_NAMES).map(({ key, op }) => `${oneLine(key, 60)} ${op}`);
  const more = changes.length - names.length;
  return [...names, ...(more > 0 ? [`${more} more`] : [])].join(', ');
};

const sayPassed = ({ area, explained, by, isCompared }: DriftEvidence, required: number): string => {
  if (!isCompared) return `${plural(required, 'required name')} set; the rest is not accepted yet`;
  const own = explained.length > 0 ? `; ${explained.length} changed by ${by.join(', ')}` : '';
  return `${Object.keys(area).length} as accepted${own}`;
};

/** A required name that is missing is a failure; what else is not as accepted is for a person to look at. */
export function judgeArea(evidence: DriftEvidence, required: number, env: string): Judgement {
  const { changes, isCompared } = evidence;
  const shown = evidence as unknown as Json;
  const gone = changes.filter((change) => change.required && change.op === 'removed');
  if (gone.length > 0)
    return {
      outcome: 'fail',
      said: `${gone.map(({ key }) => key).join(', ')} missing in ${env}`,
      remedy: `Set ${gone.map(({ key }) => key).join(', ')} in ${env} and publish again.`,
      evidence: shown,
    };
  if (changes.length > 0)
    return {
      outcome: 'warn',
      said: sayNames(changes),
      remedy: 'Take it back, or accept it: release drift --accept --reason "…"',
      evidence: shown,
    };
  if (isCompared || required > 0)
    return { outcome: 'pass', said: sayPassed(evidence, required), evidence: shown };
  return { outcome: 'skip', said: 'was never accepted, so not compared', evidence: shown };
}
