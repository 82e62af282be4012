import { hours } from '../../domain/duration.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import { plural } from '../../domain/plural.ts';
import { findChannels, type TemplateName } from '../../domain/template-names.ts';
import type { Level } from '../../domain/watch/rule.ts';
import { foldWeek, type Week } from '../../ledger/fold-week.ts';
import { sayWhen } from '../../report/say-when.ts';
import { sayFigures } from '../../report/week-text.ts';
import { readNotes } from '../messages/read-notes.ts';
import { sendToChannels } from '../messages/send-to-channels.ts';
import { measurementsOf } from '../watch/figures.ts';
import type { Wired } from '../wired.ts';
import type { LookTaken } from './take-look.ts';

interface Message {
  readonly template: TemplateName;
  /** Tells this message of a release from its others. */
  readonly name: string;
  readonly figures: JsonObject;
  readonly notes: JsonObject;
  /** Of an incident. */
  readonly level?: Level;
}

const momentOf = ({ name, figures, notes }: Message, { release }: Week, { env, clock }: Wired): Moment => ({
  ...{ run: release.run, env, plan: release.plan, notes, step: `week.${name}` },
  facts: { ...release.facts, measurements: measurementsOf(figures) },
  now: clock.now().toISOString(),
  ...{ canThread: false, repeated: false },
});

/** Posts it and records that. Returns what to say of channels that were not reached; never throws for Slack's sake. */
async function tell(message: Message, week: Week, wired: Wired): Promise<readonly string[]> {
  const { template, name, level } = message;
  if (!wired.configured.has('slack')) return [];
  const channels = findChannels(wired.runbook.services.slack?.routes ?? {}, template);
  if (channels.length === 0)
    return [`Nobody is told: services.slack.routes names no channel for ${template}.`];
  const { told, warnings } = await sendToChannels(template, channels, momentOf(message, week, wired), wired);
  if (told.length > 0) {
    const { run } = week.release;
    const data = { template, version: week.version, channels: told, ...(level && { level }) };
    await wired.ledger.note(wired.scope, { id: `${run}:told:${name}`, run, type: 'watch.told', data });
  }
  return warnings;
}

/** CMP-01: once, as soon as the watch has run whole. */
export const tellComplete = async (week: Week, wired: Wired): Promise<readonly string[]> =>
  week.told.has('release-complete')
    ? []
    : tell(
        {
          template: 'release-complete',
          name: 'complete',
          figures: week.figures,
          notes: readNotes(week.release),
        },
        week,
        wired,
      );

/** The same at the end of a watch; nothing where the release is not complete, or the ledger does not know it. */
export async function tellIfComplete(wired: Wired): Promise<readonly string[]> {
  const { ledger, scope, runbook } = wired;
  const week = foldWeek(await ledger.read(scope), runbook.monitoring);
  return week?.completeAt === undefined ? [] : tellComplete(week, wired);
}

/** SUC-08: once, as soon as every needed hour was clean. */
export async function tellSuccessful(week: Week, wired: Wired): Promise<readonly string[]> {
  if (week.told.has('release-successful')) return [];
  const { timezone, monitoring } = wired.runbook;
  const { looks, needed, completeAt } = week;
  const [first, last] = [looks[0], looks.findLast(({ hour }) => needed.includes(hour))];
  const notes = {
    ...(completeAt === undefined ? {} : { since: sayWhen(completeAt, timezone) }),
    reason: `${monitoring.successHours} clean hours: ${plural(needed.length, 'look')}, no P0 or P1, no rollback`,
    findings: [first, last].flatMap((look) =>
      look === undefined ? [] : [`hour ${look.hour}: ${sayFigures(look.figures)}`],
    ),
  };
  const figures = last?.figures ?? {};
  return tell({ template: 'release-successful', name: 'successful', figures, notes }, week, wired);
}

/** People are told of what calls for a rollback, and not every hour anew while it is no worse. */
export async function tellTrouble(look: LookTaken, week: Week, wired: Wired): Promise<readonly string[]> {
  const { hour, level, said, figures } = look;
  const notes = {
    severity: level,
    title: `${week.version} on ${wired.env}, hour ${hour} after the release`,
    issue: `over its limit: ${said}`,
  };
  return tell({ template: 'incident', name: `hour-${hour}`, figures, notes, level }, week, wired);
}

/** Whoever began to post it earlier than that is not at it any more. */
const POSTING_MS = hours(1);

/** Makes a message ours: of all who ask, one gets it, for the ledger keeps the first entry of an id. */
async function claimMessage(name: string, week: Week, order: TellOrder, wired: Wired): Promise<boolean> {
  const tried = week.telling.filter((one) => one.name === name);
  if (tried.some(({ at }) => order.now < at + POSTING_MS)) return false;
  const id = `${week.release.run}:telling:${name}:${tried.length + 1}`;
  const data = { version: week.version, name };
  const first = await wired.ledger.note(wired.scope, { id, run: order.run, type: 'watch.telling', data });
  return first.run === order.run;
}

/** Who tells, when (ms since 1970), and what. */
export interface TellOrder {
  readonly now: number;
  readonly run: string;
  readonly said: string;
  readonly next: string;
}

/** Once for a release, and again only where it was not posted: not every hour anew while nobody watches. */
export async function tellNeverWatched(
  week: Week,
  order: TellOrder,
  wired: Wired,
): Promise<readonly string[]> {
  const [template, name] = ['decision-needed', 'unwatched'] as const;
  if (week.told.has(name) || !wired.configured.has('slack')) return [];
  if (!(await claimMessage(name, week, order, wired))) return [];
  // Decision 4 is the one that was due at the end of the monitoring, and cannot be answered without one.
  const standing = `HOLD: nobody knows, ${order.said}. Watch it: ${order.next}`;
  const notes = { point: '4', standing, back: week.back };
  return tell({ template, name, figures: {}, notes }, week, wired);
}
