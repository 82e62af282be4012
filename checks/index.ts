// Written by scripts/build.mjs from the files in this folder.
import type { Check } from '../src/kit.ts';
import appDns from './app/dns.check.ts';
import appHealth from './app/health.check.ts';
import appLogErrors from './app/log-errors.check.ts';
import appSmoke from './app/smoke.check.ts';
import appStaged from './app/staged.check.ts';
import appStaging from './app/staging.check.ts';
import appTls from './app/tls.check.ts';
import databaseBackedUp from './database/backed-up.check.ts';
import databaseBlockingQueries from './database/blocking-queries.check.ts';
import databaseCapacity from './database/capacity.check.ts';
import databaseConnect from './database/connect.check.ts';
import databaseIdentity from './database/identity.check.ts';
import databaseIdleTransactions from './database/idle-transactions.check.ts';
import databaseLedgerApart from './database/ledger-apart.check.ts';
import databasePoolHeadroom from './database/pool-headroom.check.ts';
import databaseRestoreWindow from './database/restore-window.check.ts';
import databaseSchemaVersion from './database/schema-version.check.ts';
import databaseStagingSchema from './database/staging-schema.check.ts';
import driftCode from './drift/code.check.ts';
import driftFiles from './drift/files.check.ts';
import driftHealth from './drift/health.check.ts';
import driftHost from './drift/host.check.ts';
import driftRecent from './drift/recent.check.ts';
import driftSchema from './drift/schema.check.ts';
import driftSecrets from './drift/secrets.check.ts';
import driftWebhooks from './drift/webhooks.check.ts';
import migrationsJournalOrder from './migrations/journal-order.check.ts';
import migrationsLint from './migrations/lint.check.ts';
import migrationsNoPush from './migrations/no-push.check.ts';
import migrationsRehearsal from './migrations/rehearsal.check.ts';
import migrationsRollbackScripts from './migrations/rollback-scripts.check.ts';
import parityLikeness from './parity/likeness.check.ts';
import parityWeekly from './parity/weekly.check.ts';
import paymentsCheckoutPrice from './payments/checkout-price.check.ts';
import paymentsStagingKey from './payments/staging-key.check.ts';
import paymentsStripeKey from './payments/stripe-key.check.ts';
import paymentsWebhookEnabled from './payments/webhook-enabled.check.ts';
import paymentsWebhookSigned from './payments/webhook-signed.check.ts';
import paymentsWebhookUnsigned from './payments/webhook-unsigned.check.ts';
import peopleChannelsRouted from './people/channels-routed.check.ts';
import peopleOnCall from './people/on-call.check.ts';
import peoplePlannedDay from './people/planned-day.check.ts';
import peopleRolesStaffed from './people/roles-staffed.check.ts';
import peopleRollbackRehearsed from './people/rollback-rehearsed.check.ts';
import peopleRunbookReviewed from './people/runbook-reviewed.check.ts';
import peopleWindowOpen from './people/window-open.check.ts';
import securityAudit from './security/audit.check.ts';
import securityScanners from './security/scanners.check.ts';
import sourceBackMerged from './source/back-merged.check.ts';
import sourceCandidate from './source/candidate.check.ts';
import sourceChangelog from './source/changelog.check.ts';
import sourceCiStatus from './source/ci-status.check.ts';
import sourceConfiguration from './source/configuration.check.ts';
import sourceFrozen from './source/frozen.check.ts';
import sourceOpenBugs from './source/open-bugs.check.ts';
import sourceReleaseBranch from './source/release-branch.check.ts';
import sourceTagFree from './source/tag-free.check.ts';
import sourceTakenBack from './source/taken-back.check.ts';
import sourceTestedTree from './source/tested-tree.check.ts';
import sourceVersionFiles from './source/version-files.check.ts';
import testsE2e from './tests/e2e.check.ts';
import testsPerformance from './tests/performance.check.ts';

/** Every built-in check, in the order of its file. */
export const checks = [
  appDns,
  appHealth,
  appLogErrors,
  appSmoke,
  appStaged,
  appStaging,
  appTls,
  databaseBackedUp,
  databaseBlockingQueries,
  databaseCapacity,
  databaseConnect,
  databaseIdentity,
  databaseIdleTransactions,
  databaseLedgerApart,
  databasePoolHeadroom,
  databaseRestoreWindow,
  databaseSchemaVersion,
  databaseStagingSchema,
  driftCode,
  driftFiles,
  driftHealth,
  driftHost,
  driftRecent,
  driftSchema,
  driftSecrets,
  driftWebhooks,
  migrationsJournalOrder,
  migrationsLint,
  migrationsNoPush,
  migrationsRehearsal,
  migrationsRollbackScripts,
  parityLikeness,
  parityWeekly,
  paymentsCheckoutPrice,
  paymentsStagingKey,
  paymentsStripeKey,
  paymentsWebhookEnabled,
  paymentsWebhookSigned,
  paymentsWebhookUnsigned,
  peopleChannelsRouted,
  peopleOnCall,
  peoplePlannedDay,
  peopleRolesStaffed,
  peopleRollbackRehearsed,
  peopleRunbookReviewed,
  peopleWindowOpen,
  securityAudit,
  securityScanners,
  sourceBackMerged,
  sourceCandidate,
  sourceChangelog,
  sourceCiStatus,
  sourceConfiguration,
  sourceFrozen,
  sourceOpenBugs,
  sourceReleaseBranch,
  sourceTagFree,
  sourceTakenBack,
  sourceTestedTree,
  sourceVersionFiles,
  testsE2e,
  testsPerformance,
] as unknown as readonly Check[];
