import { minutes } from '../../domain/duration.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { listTold } from '../../ledger/fold-messages.ts';
import { sayClock } from '../../report/messages/times.ts';
import { answeredNo } from '../ask.ts';
import type { CommandOptions } from '../command.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';

const RECENT_MS = minutes(10);

/** Asks whoever sends the same message twice within ten minutes; a script says --again. */
export async function mayRepeat(
  order: { readonly template: string; readonly version: string; readonly channels: readonly string[] },
  events: readonly LedgerEvent[],
  { again }: CommandOptions,
  context: CliContext,
  { clock, runbook }: Wired,
): Promise<void> {
  const { template, version, channels } = order;
  const last = listTold(events).findLast(
    (one) =>
      one.template === template &&
      one.version === version &&
      one.channels.some((channel) => channels.includes(channel)),
  );
  if (again === true || last === undefined) return;
  if (clock.now().getTime() > Date.parse(last.at) + RECENT_MS) return;
  const said = `${template}${version === '' ? '' : ` for ${version}`} was sent at ${sayClock(last.at, runbook.timezone)}.`;
  const isAgreed = await context.ask.confirm({ question: `${said} Send again?`, flag: '--again' });
  if (!isAgreed) throw answeredNo();
}
