import type { Behaviour } from '../../app/behaviour.ts';
import { coreTables } from '../migrations/0038-core-tables.ts';
import { evidenceExportsPayments } from '../migrations/0039-evidence-exports-payments.ts';
import { listIndexes } from '../migrations/0040-list-indexes.ts';
import { openExports } from '../migrations/0041-open-exports.ts';
import { addDueDate } from '../migrations/0042-add-due-date.ts';
import { exportQueue } from '../migrations/0043-export-queue.ts';
import { webhookRetries } from '../migrations/0044-webhook-retries.ts';
import type { SeedMigration } from '../migrations/migration.ts';
import { DEPENDENCIES, type Dependencies } from './package-files.ts';

/** One version of the seeded application. */
export interface SeedVersion {
  readonly version: string;
  /** Day of its changelog section. */
  readonly day: string;
  readonly features: readonly string[];
  readonly fixes: readonly string[];
  readonly migrations: readonly SeedMigration[];
  /** Packages it asks for; those of v2.0.x when left out. */
  readonly dependencies?: Dependencies;
  /** In which way it is bad; good when left out. */
  readonly behaviour?: Partial<Behaviour>;
}

/** Released before the sandbox begins, oldest first. */
export const PAST: readonly SeedVersion[] = [
  {
    version: '2.0.0',
    day: '2025-09-02',
    features: ['Assessments per facility: drafts, questions and evidence in one place'],
    fixes: [],
    migrations: [coreTables, evidenceExportsPayments],
  },
  {
    version: '2.0.1',
    day: '2025-09-09',
    features: [],
    fixes: ['Lists: opening an account with thousands of assessments takes seconds no more'],
    migrations: [listIndexes],
  },
  {
    version: '2.0.2',
    day: '2025-09-16',
    features: [],
    fixes: ['Login: addresses in capital letters are accepted', 'Evidence: file names keep their ending'],
    migrations: [],
  },
  {
    version: '2.0.3',
    day: '2025-09-23',
    features: [],
    fixes: ['Exports: a report that was asked for twice is made once (severity: P1)'],
    migrations: [openExports],
  },
];

const { jsonwebtoken: _, ...KEPT } = DEPENDENCIES;
/** One package gone, one new, two newer ones. */
const SINCE_2_1: Dependencies = { ...KEPT, jose: '5.9.6', stripe: '17.5.0', zod: '3.24.1' };

/** The good release that the sandbox begins with. */
export const CANDIDATE: SeedVersion = {
  version: '2.1.0',
  day: '2025-09-30',
  features: [
    'Due dates: an assessment may carry the day until which it must be finished',
    'Export queue: urgent reports are made first',
  ],
  fixes: [
    'Questions: their order stays as it was entered',
    'Webhooks: a delivery that comes twice counts once (severity: P1)',
  ],
  migrations: [addDueDate, exportQueue],
  dependencies: SINCE_2_1,
};

// The first thirty requests of a route are good, so that smoke tests with twenty samples pass; from then on the share
// of failures climbs to a third. Of a hundred deliveries after the smoke tests, fourteen fail.
// More than a smoke test sends.
const climbing = { share: 0.3, status: 500, afterRequests: 80, growsOverRequests: 150 };

/** The bad release: good on the day, worse with every request of real traffic. */
export const BAD: SeedVersion = {
  version: '2.2.0',
  day: '2025-10-07',
  features: ['Payment retries: how often a delivery was tried is kept with it'],
  fixes: ['Assessments: questions load together with their assessment'],
  migrations: [webhookRetries],
  dependencies: SINCE_2_1,
  behaviour: {
    faults: [
      { route: 'POST /api/payments/webhook', ...climbing },
      { route: 'GET /api/assessments/:id', ...climbing },
    ],
  },
};

/** All versions up to this one, oldest first. */
export function listVersions(last: SeedVersion): readonly SeedVersion[] {
  const all = [...PAST, CANDIDATE, BAD];
  return all.slice(0, all.indexOf(last) + 1);
}
