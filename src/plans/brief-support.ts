import type { PlanEntry } from '../domain/plan.ts';
import type { Runbook } from '../kit.ts';
import type { RollbackFacts } from './rollback-facts.ts';
import { tellBeside } from './tell-beside.ts';

/**
 * What support needs once it is over (RBX-7.3, E-115); nothing without a route of its own. Customers use what is
 * protected: of a rehearsal elsewhere they must not be told.
 */
export const briefSupport = (facts: RollbackFacts, runbook: Runbook, isForCustomers: boolean): PlanEntry[] =>
  isForCustomers ? tellBeside(runbook, 'support-brief', 'brief-support', facts) : [];
