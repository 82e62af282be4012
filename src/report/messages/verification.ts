import { judgeVerified } from '../../domain/judge-verified.ts';
import type { Moment } from '../../domain/moment.ts';
import { sayMissingProof } from '../confirmation-text.ts';
import { type DatabaseWay, sayDatabaseState } from './database-way.ts';
import { factOf } from './story.ts';

/** True where the record shows that no row is missing: every question was asked, and answered as expected. */
export const isDataShown = ({ plan, facts }: Moment): boolean =>
  judgeVerified(plan, facts).shown.includes('data');

/** What was not verified, and why, in a line; null where all of it was. */
export function sayNotVerified({ plan, facts }: Moment): string | null {
  const { missing } = judgeVerified(plan, facts);
  return missing.length === 0 ? null : sayMissingProof(missing).join('; ');
}

function sayData(moment: Moment): string[] {
  const { checked } = factOf(moment, 'postgres.check-integrity') ?? {};
  if (!isDataShown(moment)) return ['Data: not verified'];
  return [`✅ Data: ${checked} integrity questions answered as expected`];
}

function sayWebhook(moment: Moment): string[] {
  const { shown, missing } = judgeVerified(moment.plan, moment.facts);
  if (shown.includes('Stripe webhook')) return ['✅ Stripe webhook: takes signed events, refuses others'];
  return missing.some(({ what }) => what === 'Stripe webhook') ? ['Stripe webhook: not verified'] : [];
}

/** What was looked at after the rollback, each with its record (COM-07b, E-87). */
export function listVerification(moment: Moment, way: DatabaseWay, smoke: string): readonly string[] {
  const live = factOf(moment, 'host.prove-live');
  return [
    typeof live?.answers === 'number'
      ? `✅ Version: ${moment.plan.version} answered ${live.answers} times in a row`
      : 'Version: not measured',
    `Smoke tests: ${smoke}`,
    `Database: ${sayDatabaseState(way)}`,
    ...sayData(moment),
    ...sayWebhook(moment),
  ];
}
