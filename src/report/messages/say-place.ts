import type { Runbook } from '../../config/schema/index.ts';
import type { Moment } from '../../domain/moment.ts';
import { findChannels } from '../../domain/template-names.ts';

const plain = (name: string): string => name.replace(/^#/, '');

/** The channels that are told how this run goes on. */
const listTold = ({ plan }: Moment, { services }: Runbook): readonly string[] =>
  findChannels(
    services.slack?.routes ?? {},
    `${plan.command === 'rollback' ? 'rollback' : 'release'}-progress`,
  );

/** Other channels, where whoever reads this message finds what follows; undefined: it follows here. */
function sayElsewhere(moment: Moment, runbook: Runbook): string | undefined {
  const { channel } = moment;
  const told = listTold(moment, runbook).map(plain);
  if (channel === undefined || told.length === 0 || told.includes(plain(channel))) return undefined;
  return `in ${told.map((one) => `#${one}`).join(', ')}`;
}

/** Where updates come, for whoever reads this message in its channel: nobody waits in a thread that stays empty. */
export const sayUpdatesPlace = (moment: Moment, runbook: Runbook): string =>
  sayElsewhere(moment, runbook) ??
  (moment.canThread ? 'in this thread' : 'in this channel, as separate messages');

/** What becomes of a message that is rewritten, and where the rest is; null where it cannot be. */
export function sayKept(moment: Moment, runbook: Runbook): string | null {
  if (!moment.canThread) return null;
  const elsewhere = sayElsewhere(moment, runbook);
  return `Rewritten at each phase; ${elsewhere === undefined ? 'the thread has the rest' : `the rest is ${elsewhere}`}`;
}
