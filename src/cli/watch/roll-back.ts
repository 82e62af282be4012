import { sayExactly } from '../../domain/calendar/say-moment.ts';
import { isReleaseError } from '../../domain/failure.ts';
import type { Change } from '../../domain/watch/change.ts';
import { rankOf } from '../../domain/watch/rule.ts';
import type { CommandResult } from '../command.ts';
import { inSamePlace } from '../in-same-place.ts';
import { goBack } from '../rollback/go-back.ts';
import { leaveUnconfirmed } from '../rollback/tell-confirmation.ts';
import { ledgerTime } from './ledger-time.ts';
import type { Live } from './live.ts';

const reasonOf = ({ rule, row, series, fired_at: at }: Change, live: Live): string => {
  const { timezone } = live.base.runbook;
  const fired = at === null ? '' : `, fired at ${sayExactly(ledgerTime(Date.parse(at), live), timezone)}`;
  return `release watch: ${rule} (${row ?? ''}) at ${series ?? 'all'}${fired}`;
};

/** True when the person who began the watch has ordered a rollback for this. */
export const isOrdered = ({ order, fired, other }: Live): boolean =>
  other === undefined &&
  order.autoRollback !== undefined &&
  fired !== undefined &&
  rankOf(fired.severity) >= rankOf(order.autoRollback);

function sayUnbegun(error: unknown, { context }: Live): undefined {
  if (!isReleaseError(error)) throw error;
  const next = error.code === 'E_ANSWERED_NO' ? 'It is watched on.' : inSamePlace(error.text.next, context);
  context.out.note(`  the rollback did not begin: ${error.text.what} ${next}`);
}

/**
 * The rollback that exists, with its own plan, lock and proof; undefined when it could not begin. --auto-rollback, with
 * the environment, is the yes of the person who typed it.
 */
export async function rollBackNow(live: Live): Promise<CommandResult | undefined> {
  const { fired, context, base, wayBack } = live;
  if (fired === undefined) return undefined;
  const { severity } = fired;
  const options = { to: wayBack.to, severity, reason: reasonOf(fired, live) };
  // What --events named holds the changes of the watch: the steps of a rollback would take their place.
  const { events: _, ...own } = context.flags;
  const flags = { ...own, yes: true, envIsTyped: true, env: base.env, plan: false };
  context.out.note(`  --auto-rollback ${severity}: rolling back to ${options.to}`);
  try {
    const told = { ...context, command: 'rollback', flags };
    // This watch ends with its rollback; what came back is for another one.
    const cause = { agreed: `--auto-rollback ${live.order.autoRollback}` };
    return leaveUnconfirmed(await goBack(options, told, base, cause), told, base);
  } catch (error) {
    return sayUnbegun(error, live);
  }
}

/**
 * The same, asked for by a person with a key: it asks what `release rollback` asks, and never takes a --yes of the
 * watch for an answer. The watch goes on until they have agreed. Undefined when they did not, or it could not begin.
 */
export async function startByHand(live: Live, call: Change | undefined): Promise<CommandResult | undefined> {
  const { context, base, wayBack, ended } = live;
  const reason =
    call === undefined
      ? { reason: 'release watch: asked for by hand' }
      : { reason: reasonOf(call, live), severity: call.severity };
  const { events: _, ...own } = context.flags;
  const flags = { ...own, yes: false, plan: false };
  const begins = async (): Promise<void> => {
    live.leaves = 'rolling-back';
    await ended.promise;
  };
  const told = { ...context, command: 'rollback', flags, out: live.spoken };
  try {
    const ended = await goBack({ to: wayBack.to, ...reason }, told, base, { begins });
    const result = leaveUnconfirmed(ended, told, base);
    if (live.leaves === 'rolling-back') return result;
    context.out.note(result.text);
    return undefined;
  } catch (error) {
    if (live.leaves === 'rolling-back') throw error;
    return sayUnbegun(error, live);
  }
}
