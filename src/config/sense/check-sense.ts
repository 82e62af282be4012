import type { Source } from '../parse-yaml.ts';
import { problemAt } from '../place.ts';
import type { Problem } from '../problem.ts';
import type { Runbook } from '../schema/index.ts';
import { checkApart, checkProtected } from './check-apart.ts';
import { checkApprovals } from './check-approvals.ts';
import { checkCalendar } from './check-calendar.ts';
import { checkLedger } from './check-ledger.ts';
import { checkNames } from './check-names.ts';
import { checkNumbers } from './check-numbers.ts';
import { checkRules } from './check-rules.ts';
import { checkSandbox } from './check-sandbox.ts';
import { checkServices } from './check-services.ts';
import { checkSmoke } from './check-smoke.ts';

const CHECKS = [
  checkNames,
  checkApprovals,
  checkApart,
  checkProtected,
  checkSandbox,
  checkServices,
  checkSmoke,
  checkNumbers,
  checkRules,
  checkCalendar,
  checkLedger,
];

/** What the schema cannot see: names that mean nothing, environments that are one, numbers that contradict. */
export const checkSense = (source: Source, runbook: Runbook): readonly Problem[] =>
  CHECKS.flatMap((check) => check(runbook)).map(({ path, message, ...how }) =>
    problemAt(source, path, message, how),
  );
