import { isReleaseError } from '../../domain/failure.ts';
import type { Version } from '../../domain/version.ts';
import { channelsOf } from '../../plans/channels-of.ts';
import type { RestorePoint } from '../../services/postgres/port.ts';
import type { CarriedMessage } from '../../services/slack/port.ts';
import type { Wired } from '../wired.ts';
import { readRestorePoint } from './read-restore-point.ts';

/** No database keeps the history for going further back. */
const REACH_MS = 30 * 24 * 3_600_000;

interface Recalled {
  readonly point: RestorePoint;
  readonly channel: string;
  /** The run that told it. */
  readonly run: string;
}

const pointOf = (message: CarriedMessage | undefined): RestorePoint | undefined =>
  readRestorePoint(message?.facts.restore_point ?? '');

/**
 * The newest deploy that left the version, as this channel tells it. Its start was sent before there was a restore
 * point; what followed carries one, beside it or in its thread. A deploy that tells none has none: an older one's is
 * another moment.
 */
async function recallIn(channel: string, to: Version, wired: Wired): Promise<Recalled | undefined> {
  const { slack } = wired.services;
  const since = new Date(wired.clock.now().getTime() - REACH_MS).toISOString();
  const told = await slack.recall(channel, since);
  const isLeaving = ({ facts }: CarriedMessage): boolean => facts.from === to && facts.env === wired.env;
  const run = told.find(isLeaving)?.run;
  if (run === undefined) return undefined;
  const own = told.filter((message) => message.run === run && isLeaving(message));
  const replies = await Promise.all(own.map(({ ts }) => slack.recall(channel, since, ts)));
  const all = [...own, ...replies.flat().filter((message) => message.run === run && isLeaving(message))];
  const point = all.map(pointOf).find((one) => one !== undefined);
  return point && { point, channel, run };
}

/** Channels that a deploy tells, and that can be asked. */
const listChannels = ({ runbook, services, configured }: Wired): readonly string[] =>
  configured.has('slack')
    ? [...new Set(['release-start', 'release-progress'].flatMap((name) => channelsOf(runbook, name)))].filter(
        (channel) => services.slack.transport(channel) === 'bot',
      )
    : [];

/** The restore point that the messages of the release carry; undefined where none does, or Slack does not answer. */
export async function recallFromSlack(wired: Wired, to: Version): Promise<Recalled | undefined> {
  for (const channel of listChannels(wired)) {
    const found = await recallIn(channel, to, wired).catch((error: unknown) => {
      if (isReleaseError(error)) return undefined;
      throw error;
    });
    if (found !== undefined) return found;
  }
  return undefined;
}
