import type { Finding } from '../../domain/finding.ts';
import { judgeFindings } from '../../domain/verdict.ts';
import { type Choice, chooseChecks } from '../../engine/choose-checks.ts';
import type { ReleaseScope } from '../../kit.ts';
import { digestOf } from '../../ledger/digest.ts';
import type { GateSubject } from '../../ledger/fold-findings.ts';
import type { RecordedFinding } from '../../ledger/recorded-finding.ts';
import type { Wired } from '../wired.ts';
import { ageOf, isFresh, restore } from './restore-finding.ts';

/** What of the program an answer hangs on. */
type Ground = Pick<Wired, 'digest' | 'rules' | 'askedWith'>;

/** What a verdict rests on: another configuration, other rules, another database or another commit make it worthless. */
export const digestEvidence = (ground: Ground, commit: string | undefined): string =>
  digestOf([...groundOf(ground), commit ?? '']);

/** What such a digest is made of besides the commit. */
export const groundOf = ({ digest, rules, askedWith }: Ground): readonly [string, string, string] => [
  digest,
  rules,
  askedWith(),
];

/** Where the answers about this release stand in the ledger; undefined while nobody knows which commit it is. */
export const subjectOf = (wired: Ground, release: ReleaseScope | undefined): GateSubject | undefined =>
  release?.commit === undefined
    ? undefined
    : { gate: 'preflight', version: release.version, digest: digestEvidence(wired, release.commit) };

/** A GO that stands in the ledger; as old as the oldest answer that it rests on. */
export interface Evidence {
  readonly ageMs: number;
  readonly findings: readonly Finding[];
}

/**
 * The GO that recorded answers amount to: every check that the gate would ask has one, all of them are fresh (E-03), and
 * none needed a waiver. Undefined otherwise: then the gate is asked again.
 */
export function findGo(
  known: ReadonlyMap<string, RecordedFinding>,
  choice: Choice,
  now: Date,
): Evidence | undefined {
  const { asked } = chooseChecks(choice);
  const findings = asked.flatMap((check) => {
    const record = known.get(check.id);
    return record && isFresh(record, now) ? [restore(check, record, choice.policy)] : [];
  });
  const isSound = findings.every(({ outcome }) => outcome !== 'fail' && outcome !== 'unknown');
  if (findings.length < asked.length || !isSound || judgeFindings(findings).call !== 'go') return undefined;
  return { ageMs: Math.max(...findings.map((one) => ageOf(one, now))), findings };
}
