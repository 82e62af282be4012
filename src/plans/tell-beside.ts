import { seconds } from '../domain/duration.ts';
import type { PlanEntry } from '../domain/plan.ts';
import type { Runbook } from '../kit.ts';
import { announce } from '../steps/slack/announce.ts';
import { channelsOf } from './channels-of.ts';
import type { RollbackFacts } from './rollback-facts.ts';

/** M11: a message goes beside the way back, and so long the end of the run waits for the last of them. */
const BESIDE = { beside: true, patienceMs: seconds(3) } as const;

/** A message of a rollback, with what the run alone knows; none where nobody is to be told. */
export function tellBeside(
  runbook: Runbook,
  template: string,
  name: string,
  facts: Pick<RollbackFacts, 'reason' | 'severity' | 'orderedBy' | 'commander' | 'detectedAt' | 'assigned'>,
  thread?: string,
): PlanEntry[] {
  const channels = channelsOf(runbook, template);
  const { reason, severity, orderedBy, commander, detectedAt, assigned } = facts;
  const detected = detectedAt === undefined ? {} : { detected_at: detectedAt };
  const ordered = orderedBy === undefined ? {} : { ordered_by: orderedBy };
  const notes = {
    reason,
    severity,
    ...ordered,
    ...detected,
    ...(commander === undefined ? {} : { commander }),
    ...(assigned === undefined ? {} : { assigned }),
  };
  return channels.length === 0
    ? []
    : [announce(template, { channels, name, notes, ...BESIDE, ...(thread ? { thread } : {}) })];
}
