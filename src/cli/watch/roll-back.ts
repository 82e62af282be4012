import { isReleaseError } from '../../domain/failure.ts';
import type { Change } from '../../domain/watch/change.ts';
import { rankOf } from '../../domain/watch/rule.ts';
import type { CommandResult } from '../command.ts';
import { runRollback } from '../rollback/run-rollback.ts';
import type { Wired } from '../wired.ts';
import type { Live } from './live.ts';

const reasonOf = ({ rule, row, series, fired_at: at }: Change): string =>
  `release watch: ${rule} (${row ?? ''}) at ${series ?? 'all'}, fired ${at ?? ''}`;

/** True when the person who began the watch has ordered a rollback for this. */
export const isOrdered = ({ order, fired, other }: Live): boolean =>
  other === undefined &&
  order.autoRollback !== undefined &&
  fired !== undefined &&
  rankOf(fired.severity) >= rankOf(order.autoRollback);

/**
 * The rollback that exists, with its own plan, lock and proof; undefined when it could not begin. --auto-rollback, with
 * the environment, is the yes of the person who typed it.
 */
export async function rollBackNow(
  { fired, context, watched }: Live,
  wired: Wired,
): Promise<CommandResult | undefined> {
  if (fired === undefined) return undefined;
  const { severity } = fired;
  const options = { to: watched.from === '' ? 'previous' : watched.from, severity, reason: reasonOf(fired) };
  // What --events named holds the changes of the watch: the steps of a rollback would take their place.
  const { events: _, ...own } = context.flags;
  const flags = { ...own, yes: true, envIsTyped: true, env: wired.env, plan: false };
  context.out.note(`  --auto-rollback ${severity}: rolling back to ${options.to}`);
  try {
    return await runRollback([], options, { ...context, command: 'rollback', flags }, wired);
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    context.out.note(`  the rollback did not begin: ${error.text.what} ${error.text.next}`);
    return undefined;
  }
}
