import type { Moment } from '../../domain/moment.ts';
import { sayEnding } from './story.ts';
import { sayNotVerified } from './verification.ts';

const HEADLINES = {
  verified: (version: string) => `✅ Rollback complete: ${version} is back`,
  proven: (version: string) => `⚠️ Rollback complete: ${version} is back, not all of it verified`,
  unproven: (version: string) => `⚠️ Rollback complete: ${version}, not proven live`,
  incomplete: (version: string) => `⚠️ Rollback to ${version} ended with steps not recorded as done`,
};

/** Whoever reads the title alone must not take for verified what nobody looked at. */
function endingOf(moment: Moment): keyof typeof HEADLINES {
  const ending = sayEnding(moment);
  return ending === 'proven' && sayNotVerified(moment) === null ? 'verified' : ending;
}

const STANDINGS: Readonly<Record<keyof typeof HEADLINES, string>> = {
  verified: '✅ Rollback to VERSION: over, all of it verified',
  proven: '⚠️ Rollback to VERSION: over, not all of it verified',
  unproven: '⚠️ Rollback to VERSION: over, not proven live',
  incomplete: '⚠️ Rollback to VERSION: over, with steps not recorded as done',
};

/** The same for its card, which stands in one channel with the last message: two of one title would look like one sent twice. */
export const sayRollbackStanding = (moment: Moment): string =>
  STANDINGS[endingOf(moment)].replace('VERSION', () => moment.plan.version);

/** What a rollback is called once it is over. */
export const sayRollbackHeadline = (moment: Moment): string =>
  HEADLINES[endingOf(moment)](moment.plan.version);
