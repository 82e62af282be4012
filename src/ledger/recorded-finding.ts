import type { CredentialTrouble } from '../domain/credential.ts';
import type { Finding, Outcome, Waiver } from '../domain/finding.ts';
import type { Json } from '../domain/json.ts';

/** What later readers need of a finding: title, rows and weight are known from the check itself. */
export interface RecordedFinding {
  readonly check: string;
  readonly outcome: Outcome;
  readonly at: string;
  readonly freshForMs: number;
  readonly digest: string;
  readonly said?: string;
  readonly remedy?: string;
  readonly evidence?: Json;
  readonly holds?: boolean;
  readonly credential?: CredentialTrouble;
  readonly waived?: Waiver;
  /** True for what stands here for its waiver alone. */
  readonly noRecord?: true;
  /** True when words or evidence were too long to keep: it tells an outcome and an age, and cannot be shown again. */
  readonly cut?: true;
}

const MOST_WORDS = 400;
const MOST_EVIDENCE = 2000;
/** A ledger is read as a whole by every command: one gate must not make it slow. In characters of JSON. */
const MOST_IN_ALL = 128_000;

const bareOf = ({ holds, credential, waived, noRecord, ...one }: Finding): RecordedFinding => ({
  check: one.check,
  outcome: one.outcome,
  at: one.at,
  freshForMs: one.freshForMs,
  digest: one.digest,
  ...(noRecord === undefined ? {} : { noRecord }),
  ...(holds === undefined ? {} : { holds }),
  ...(credential === undefined ? {} : { credential }),
  ...(waived === undefined ? {} : { waived }),
});

function isShort({ said, remedy = '', evidence }: Finding): boolean {
  const size = evidence === undefined ? 0 : JSON.stringify(evidence).length;
  return said.length <= MOST_WORDS && remedy.length <= MOST_WORDS && size <= MOST_EVIDENCE;
}

function recordWhole(finding: Finding): RecordedFinding {
  const { said, remedy, evidence } = finding;
  if (!isShort(finding)) return { ...bareOf(finding), said: said.slice(0, MOST_WORDS), cut: true };
  return {
    ...bareOf(finding),
    said,
    ...(remedy === undefined ? {} : { remedy }),
    ...(evidence === undefined ? {} : { evidence }),
  };
}

const isAnswer = ({ byHand, noRecord, waived }: Finding): boolean =>
  byHand !== true && (noRecord !== true || waived !== undefined);

const sizeOf = (records: readonly RecordedFinding[]): number => JSON.stringify(records).length;

/**
 * The findings of a gate as the ledger keeps them. What a person left out is no answer and stands in none; what would
 * make the event too large is kept without its words.
 */
export function recordFindings(findings: readonly Finding[]): readonly RecordedFinding[] {
  const answered = findings.filter(isAnswer);
  const whole = answered.map(recordWhole);
  return sizeOf(whole) <= MOST_IN_ALL ? whole : answered.map((one) => ({ ...bareOf(one), cut: true }));
}
