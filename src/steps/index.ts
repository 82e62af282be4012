import type { Step } from '../kit.ts';
import { smokeTest } from './app/smoke-test.ts';
import { pauseJobs, resumeJobs } from './app/switch-jobs.ts';
import { maintenanceOff, maintenanceOn } from './app/switch-maintenance.ts';
import { trafficAway, trafficNormal } from './app/switch-traffic.ts';
import { warmUp } from './app/warm-up.ts';
import { mergeBack } from './git/merge-back.ts';
import { moveBranch } from './git/move-branch.ts';
import { publishCandidate } from './git/publish-candidate.ts';
import { publishRelease } from './git/publish-release.ts';
import { restoreVersion } from './git/restore-version.ts';
import { seeCandidate } from './git/see-candidate.ts';
import { seeMain } from './git/see-main.ts';
import { proveLive } from './host/prove-live.ts';
import { publish } from './host/publish.ts';
import { backUp } from './neon/back-up.ts';
import { openBackup } from './neon/open-backup.ts';
import { restore } from './neon/restore.ts';
import { seeEndpoint } from './neon/see-endpoint.ts';
import { assignRoles } from './people/assign-roles.ts';
import { standUp } from './people/stand-up.ts';
import { backUpSchema } from './postgres/back-up-schema.ts';
import { checkIntegrity } from './postgres/check-integrity.ts';
import { countLoss } from './postgres/count-loss.ts';
import { markRestorePoint } from './postgres/mark-restore-point.ts';
import { migrate } from './postgres/migrate.ts';
import { proveApart } from './postgres/prove-apart.ts';
import { proveSchema } from './postgres/prove-schema.ts';
import { raiseSequences } from './postgres/raise-sequences.ts';
import { revert } from './postgres/revert.ts';
import { seeDatabase } from './postgres/see-database.ts';
import { seeSchema } from './postgres/see-schema.ts';
import { takeBaseline } from './postgres/take-baseline.ts';
import { announcement } from './slack/announce.ts';
import { tellPage } from './statuspage/tell-page.ts';
import { proveWebhooks } from './stripe/prove-webhooks.ts';
import { seeWebhooks } from './stripe/see-webhooks.ts';
import { disableWebhooks, enableWebhooks } from './stripe/switch-webhooks.ts';

/** Every step that a plan may name; a resumed run finds its steps here by their ids. */
export const steps = [
  announcement,
  assignRoles,
  backUp,
  backUpSchema,
  checkIntegrity,
  countLoss,
  disableWebhooks,
  enableWebhooks,
  maintenanceOff,
  maintenanceOn,
  markRestorePoint,
  mergeBack,
  migrate,
  moveBranch,
  openBackup,
  pauseJobs,
  proveApart,
  proveLive,
  proveSchema,
  proveWebhooks,
  publish,
  publishCandidate,
  publishRelease,
  raiseSequences,
  restore,
  restoreVersion,
  resumeJobs,
  revert,
  seeCandidate,
  seeDatabase,
  seeEndpoint,
  seeMain,
  seeSchema,
  seeWebhooks,
  smokeTest,
  standUp,
  takeBaseline,
  tellPage,
  trafficAway,
  trafficNormal,
  warmUp,
] as unknown as readonly Step[];
