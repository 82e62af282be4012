import { carriesCandidates } from '../../config/carries-candidates.ts';
import { isReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Facts, ReleaseScope } from '../../kit.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { findPrepared } from '../../ledger/find-prepared.ts';
import { findStaged } from '../../ledger/find-staged.ts';
import { inOwnScope } from '../prepare/own-scope.ts';
import type { Wired } from '../wired.ts';

type Record = Pick<Wired, 'ledger' | 'runbook' | 'env' | 'environment' | 'scope'>;

/** The environment whose trial a release rests on. */
const STAGING = 'staging';

async function readTold(
  { ledger }: Pick<Record, 'ledger'>,
  scope: string,
  find: (events: readonly LedgerEvent[]) => object | undefined,
): Promise<JsonObject> {
  try {
    const found = find(await ledger.read(scope));
    return found === undefined ? {} : { found: { ...found } };
  } catch (error) {
    if (isReleaseError(error)) return { unread: error.text.what };
    throw error;
  }
}

/** False when that environment keeps its record in another place, which this command does not open. */
const isHere = ({ runbook, environment }: Record, env: string): boolean =>
  JSON.stringify(runbook.environments[env]?.ledger) === JSON.stringify(environment.ledger);

async function readStaged(record: Record, commit: string): Promise<JsonObject> {
  if (!isHere(record, STAGING)) return { elsewhere: true };
  const scope = `${record.runbook.service}/${STAGING}`;
  return readTold(record, scope, (events) => findStaged(events, commit));
}

/**
 * What the ledgers know of this release's candidate, for the checks that judge it: before a release how its trial on
 * staging went (PRE-15), before a trial what `release prepare` recorded. Nothing where no version is named.
 */
export async function readTrialFacts(wired: Wired, release: ReleaseScope | undefined): Promise<Facts> {
  if (release?.commit === undefined) return {};
  const { commit, version } = release;
  if (!carriesCandidates(wired.runbook, wired.env))
    return wired.runbook.environments[STAGING] === undefined
      ? {}
      : { staged: await readStaged(wired, commit) };
  const { scope } = inOwnScope(wired);
  return { prepared: await readTold(wired, scope, (events) => findPrepared(events, version)) };
}
