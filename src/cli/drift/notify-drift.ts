import { sayChange, signOf } from '../../domain/drift/say-change.ts';
import type { Moment } from '../../domain/moment.ts';
import type { DriftReport } from '../../kit/drift/make-drift-report.ts';
import type { DriftRecord } from '../../ledger/fold-drift.ts';
import { sayBaseline } from '../../report/drift-text.ts';
import { sayWhen } from '../../report/say-when.ts';
import { sendToChannels, type Told } from '../messages/send-to-channels.ts';
import type { Wired } from '../wired.ts';
import { noteOrWarn } from './record-drift.ts';

const TEMPLATE = 'drift-alert';

function momentOf(run: string, report: DriftReport, { env, runbook, clock }: Wired): Moment {
  const { timezone } = runbook;
  const { baseline, changes, version } = report;
  return {
    run,
    env,
    plan: {
      command: 'drift',
      service: runbook.service,
      env,
      version,
      from: version,
      entries: [],
      basis: {},
      digest: report.digest,
    },
    facts: {},
    now: clock.now().toISOString(),
    step: 'drift',
    canThread: false,
    repeated: false,
    notes: {
      drifts: changes.map(
        (change) =>
          `${signOf(change)} ${change.kind} ${change.key}: ${sayChange(change, env)}${change.required ? ' (required)' : ''}`,
      ),
      baseline: baseline === undefined ? 'none was accepted yet' : sayBaseline(baseline, timezone),
      ...(baseline === undefined ? {} : { since: sayWhen(baseline.at, timezone) }),
      command: `release drift --env ${env}`,
    },
  };
}

/**
 * Tells the channels of `drift-alert` of this set of changes, each channel once: the daily run is silent until the set
 * is another one. A channel that was not reached is tried again the next time. Never throws for Slack's sake (E-65).
 */
export async function notifyDrift(
  run: string,
  report: DriftReport,
  record: DriftRecord,
  wired: Wired,
): Promise<Told> {
  const none = { told: [], warnings: [] };
  if (report.call !== 'drifted') return none;
  const channels = wired.configured.has('slack')
    ? (wired.runbook.services.slack?.routes[TEMPLATE] ?? [])
    : [];
  if (channels.length === 0)
    return { ...none, warnings: [`Nobody is told: services.slack.routes names no channel for ${TEMPLATE}.`] };
  const known = record.told?.digest === report.digest ? record.told.channels : [];
  const open = channels.filter((channel) => !known.includes(channel));
  if (open.length === 0) return none;
  const { told, warnings } = await sendToChannels(TEMPLATE, open, momentOf(run, report, wired), wired);
  if (told.length === 0) return { told, warnings };
  const data = { digest: report.digest, channels: told };
  const noted = await noteOrWarn(wired, { id: `${run}:drift.alerted`, run, type: 'drift.alerted', data });
  return { told, warnings: [...warnings, ...noted] };
}
