import type { Evidence, EvidenceItem } from '../../domain/approvals/evidence.ts';
import type { RecordedFinding } from '../recorded-finding.ts';
import { makeEvidence } from './make-evidence.ts';

/** People decide before the window opens, so that its being closed is nothing that they rest on; a deploy asks the clock itself. */
const BY_THE_CLOCK = 'people.window-open';

/** Checks whose words are what reports and the tracker say, the same until there is another report. Of others the outcome counts. */
const IN_WORDS: ReadonlySet<string> = new Set([
  'tests.e2e',
  'tests.performance',
  'security.audit',
  'security.scanners',
  'source.open-bugs',
]);

/** What preflight has found, as far as people decide by it. */
export interface Found {
  readonly commit: string;
  /** sha256 of the configuration. */
  readonly config: string;
  readonly findings: readonly RecordedFinding[];
}

const isEvidence = ({ check, noRecord }: RecordedFinding): boolean =>
  check !== BY_THE_CLOCK && noRecord !== true;

/** A finding as what people rest on. */
export function makeItem({ check, outcome, said, waived }: RecordedFinding): EvidenceItem {
  const words = IN_WORDS.has(check) && said !== undefined ? `, ${said}` : '';
  const more = waived === undefined ? '' : `, waived by ${waived.by}: ${waived.reason}`;
  const says = `${outcome}${words}${more}`;
  return { key: check, says, mark: says };
}

/** The evidence of decision 1: commit, configuration, what every check came to (DP-1b), and what was signed before it (E-111). */
export const makePreflightEvidence = (
  { commit, config, findings }: Found,
  before: readonly EvidenceItem[] = [],
): Evidence =>
  makeEvidence([
    { key: 'commit', says: commit.slice(0, 7), mark: commit },
    { key: 'configuration', says: config.slice(0, 7), mark: config },
    ...before,
    ...findings.filter(isEvidence).map(makeItem),
  ]);

const isOpen = ({ outcome, waived }: RecordedFinding): boolean =>
  (outcome === 'fail' || outcome === 'unknown') && waived === undefined;

/** Checks that speak against a GO or say nothing, of those that decide; `because`: those that decided the verdict. */
export const listAgainst = (
  findings: readonly RecordedFinding[],
  because: readonly string[],
): readonly string[] =>
  findings
    .filter(isEvidence)
    .filter((one) => isOpen(one) && (because.includes(one.check) || one.outcome === 'unknown'))
    .map(({ check }) => check);
