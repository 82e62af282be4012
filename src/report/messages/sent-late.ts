import type { Runbook } from '../../config/schema/index.ts';
import type { Moment } from '../../domain/moment.ts';
import { sayClock, sayDay } from './times.ts';

/** What a message says of itself that was kept until Slack was back: it tells of an earlier moment. Null: sent at once. */
export function saySentLate({ now, sentAt, repeated }: Moment, { timezone: zone }: Runbook): string | null {
  if (sentAt === undefined) return null;
  const [written, sent] = [sayDay(now, zone), sayDay(sentAt, zone)];
  const day = written === sent ? '' : `${sent}, `;
  const from = written === sent ? '' : `${written}, `;
  const why = repeated ? 'when nobody knew whether it arrived' : 'when it could not be sent';
  return `Sent late: written ${from}${sayClock(now, zone)}, ${why}, and sent ${day}${sayClock(sentAt, zone)}`;
}
