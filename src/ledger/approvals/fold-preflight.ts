import type { LedgerEvent } from '../event.ts';
import { sinceLastRun } from '../fold-findings.ts';
import type { RecordedFinding } from '../recorded-finding.ts';
import type { Found } from './preflight-evidence.ts';

type Decided = Extract<LedgerEvent, { type: 'gate.decided' }>;

/** The newest preflight of a version that is on record. */
export interface PreflightRecord extends Found {
  /** When the newest part of it was asked (ISO). */
  readonly at: string;
  /** Of the newest time that the whole gate was asked. */
  readonly call: 'go' | 'hold' | 'no-go';
  /** Checks that decided that. */
  readonly because: readonly string[];
}

/**
 * What preflight found of this version since the last run, of the newest commit and configuration that it was asked about; undefined
 * while the whole gate was not asked. Any machine finds the same: nothing here hangs on keys and addresses.
 */
export function foldPreflight(events: readonly LedgerEvent[], version: string): PreflightRecord | undefined {
  const gates = sinceLastRun(events).filter(
    (event): event is Decided =>
      event.type === 'gate.decided' && event.data.gate === 'preflight' && event.data.version === version,
  );
  const { commit, config } = gates.at(-1)?.data ?? {};
  if (commit === undefined || config === undefined) return undefined;
  const same = gates.filter(({ data }) => data.commit === commit && data.config === config);
  const whole = same.findLast(({ data }) => data.part !== true);
  if (whole === undefined) return undefined;
  const answers = same.flatMap(({ data }) => data.findings ?? []);
  const newest = new Map<string, RecordedFinding>(answers.map((one) => [one.check, one]));
  const { call, because } = whole.data;
  return { commit, config, findings: [...newest.values()], at: same.at(-1)?.at ?? '', call, because };
}
