import { sayMoment } from '../../domain/calendar/say-moment.ts';
import { hours, minutes } from '../../domain/duration.ts';
import { isReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import { findChannels } from '../../domain/template-names.ts';
import type { Change } from '../../domain/watch/change.ts';
import { isWorse, type Level, rankOf } from '../../domain/watch/rule.ts';
import { sayChangeReading } from '../../report/watch-lines.ts';
import { sayName, sayPlace } from '../../report/watch-screen/say-metric.ts';
import { findCommander } from '../handoff/find-commander.ts';
import { claimIncident } from './claim-incident.ts';
import { ledgerTime } from './ledger-time.ts';
import { isOver, type Live } from './live.ts';
import { postInThread } from './post-in-thread.ts';
import { isOrdered } from './roll-back.ts';

const TEMPLATE = 'incident';
/** What fires again within so long of what people were told is the same incident. */
const SAME_MS = hours(1);
const RETRY_MS = minutes(1);

interface Told {
  /** Of its entry in the ledger. */
  readonly id: string;
  readonly level: Level;
  /** ms since 1970. */
  readonly at: number;
}

/** The gravest P0 or P1 that stands now. */
const findGravest = ({ calling }: Live): Change | undefined =>
  [...calling.values()]
    .filter(({ severity }) => isWorse(severity, 'P2'))
    .sort((a, b) => rankOf(b.severity) - rankOf(a.severity))[0];

/** What people were told last of this release, by whichever watch, in the time of this one. */
async function readTold({ base, wired, watched, now }: Live): Promise<Told | undefined> {
  const since = new Date(watched.start).toISOString();
  const events = await base.ledger.read(base.scope).catch(() => []);
  for (const event of [...events].reverse()) {
    if (event.type !== 'watch.told' || event.data.version !== watched.version || event.at < since) continue;
    if (event.data.template !== TEMPLATE) continue;
    const agoMs = base.clock.now().getTime() - Date.parse(event.at);
    return { id: event.id, level: event.data.level ?? 'ok', at: now() - agoMs * (wired.clock.speed ?? 1) };
  }
  return undefined;
}

/** Promises nothing that nobody will do: a watch that ends with this tells nothing more. */
function sayUpdates(live: Live): string | null {
  const { wired, watched } = live;
  if (isOver(live)) return `none: the watch ends with this; release watch --env ${wired.env} goes on with it`;
  const name = watched.plan?.command === 'rollback' ? 'rollback-progress' : 'release-progress';
  const channels = findChannels(wired.runbook.services.slack?.routes ?? {}, name);
  if (channels.length === 0) return null;
  const places = channels.map((one) => `#${one}`).join(', ');
  return `every ${wired.runbook.monitoring.incidentEveryMinutes} minutes in the thread of the release, ${places}`;
}

/** Who has taken command by now; null: nobody on record, and the role is named. */
async function readCommander({ base, wired, watched }: Live): Promise<string | null> {
  const events = await base.ledger.read(base.scope).catch(() => []);
  return findCommander(events, watched.version, wired.runbook) ?? null;
}

function notesOf(change: Change, live: Live): JsonObject {
  const { wired, watched } = live;
  const { severity, rule, series, row, fired_at: at } = change;
  const place = sayPlace(series ?? undefined);
  const { title = rule } = wired.runbook.rules[rule] ?? {};
  return {
    ...{ severity, title: `${watched.version} on ${wired.env}, ${sayName(rule)}${place}` },
    issue: `${title}${place}: ${sayChangeReading(change)}; runbook row ${row ?? 'none'}`,
    detected_at: sayMoment(ledgerTime(Date.parse(at ?? change.at), live), wired.runbook.timezone),
    updates: sayUpdates(live),
  };
}

/** COM-09a: people are told at once of a P0 or P1, and once of each incident, however often a rule comes back. */
export class Incidents {
  private readonly live: Live;
  private told: Told | undefined;
  private isBusy = false;
  private tryAt = Number.NEGATIVE_INFINITY;
  private nth = 0;
  private work: Promise<void> = Promise.resolve();

  constructor(live: Live) {
    this.live = live;
  }

  beat(at: number): void {
    const { live } = this;
    const change = findGravest(live);
    // A rollback that was ordered tells of itself.
    if (change === undefined || this.isBusy || at < this.tryAt || isOrdered(live)) return;
    if (!live.wired.configured.has('slack') || live.watched.plan === undefined) return;
    if (!this.isNews(change)) return;
    this.isBusy = true;
    this.tryAt = at + RETRY_MS;
    this.work = this.tell(change, at)
      .catch(() => live.context.out.note('  nobody was told of the incident'))
      .finally(() => {
        this.isBusy = false;
      });
  }

  /** Waits for what is still being posted. */
  done(): Promise<void> {
    return this.work;
  }

  private isNews({ severity, fired_at: at, ...change }: Change): boolean {
    const { told } = this;
    if (told === undefined || isWorse(severity, told.level)) return true;
    return Date.parse(at ?? change.at) > told.at + SAME_MS;
  }

  private async tell(change: Change, at: number): Promise<void> {
    const { live } = this;
    const known = await readTold(live);
    if (known !== undefined && known.at >= (this.told?.at ?? known.at)) this.told = known;
    if (!this.isNews(change)) return;
    const { run, watched, recorder, context } = live;
    // Every watch that sees it knows what was told before it, and so gives it this name.
    const stem = `${watched.run ?? watched.version}:incident:${change.severity}:after:${this.told?.id ?? 'none'}`;
    const claim = await claimIncident(stem, live);
    if (claim === "another's") return;
    this.nth += 1;
    const isRepeated = claim === 'taken over';
    const message = { template: TEMPLATE, step: `watch.${stem}`, isRepeated, watching: {} } as const;
    const commander = await readCommander(live);
    const { told, errors } = await postInThread(
      { ...message, notes: { ...notesOf(change, live), commander } },
      live,
    );
    for (const error of errors)
      if (isReleaseError(error)) context.out.note(`  an incident was not told: ${error.text.what}`);
    // Where no channel is configured for it nobody is told, and nothing is tried again.
    const id = `${run}:incident:${this.nth}`;
    if (told.length > 0 || errors.length === 0) this.told = { id, level: change.severity, at };
    if (told.length === 0) return;
    const data = { template: TEMPLATE, version: watched.version, channels: told, level: change.severity };
    recorder.event({ id, run, type: 'watch.told', data });
    context.out.note(`  ✔ ${told.map((one) => `#${one}`).join(', ')} was told of the ${change.severity}`);
  }
}
