import type { Runbook } from '../../config/schema/index.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import { sayMeasurements } from './measured.ts';
import { sayNotVerified } from './verification.ts';

const HEADLINES: Readonly<Record<string, (version: string) => string>> = {
  confirmed: (version) => `✅ Rollback confirmed: ${version} is good with real traffic`,
  unconfirmed: (version) => `⚠️ Rollback not confirmed: ${version}`,
  refuted: (version) => `🚨 Rollback not confirmed: a rule calls for a rollback of ${version}, too`,
};

/** Variables of the message that says what real traffic has shown of the version that a rollback brought back (E-22). */
export function viewConfirmation(moment: Moment, runbook: Runbook): JsonObject {
  const { outcome, said = null, command = null } = moment.notes;
  const headline = HEADLINES[String(outcome)] ?? HEADLINES.unconfirmed;
  return {
    headline: headline?.(moment.plan.version) ?? null,
    said,
    command,
    error_rate: sayMeasurements(moment, runbook).error_rate ?? null,
    not_verified: sayNotVerified(moment),
    left: moment.plan.from || null,
  };
}
