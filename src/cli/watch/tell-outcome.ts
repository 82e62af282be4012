import { minutes } from '../../domain/duration.ts';
import { isReleaseError } from '../../domain/failure.ts';
import type { Confirmation } from '../../domain/watch/judge-confirmation.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import type { Live } from './live.ts';
import { postInThread } from './post-in-thread.ts';
import { isOrdered } from './roll-back.ts';

const TEMPLATE = 'rollback-confirmed';
/** Whoever took it upon them to tell, and has not so long after that, will not. */
const CLAIM_MS = minutes(5);

/** What has come to its end: the outcome of this watch, or the good one of an earlier watch. */
function findOutcome({ watched }: Live, confirmation: Confirmation | undefined): Confirmation | undefined {
  const known = watched.facts.confirmation;
  const recorded =
    known?.outcome === 'confirmed'
      ? ({ outcome: 'confirmed', said: String(known.said) } as const)
      : undefined;
  const outcome = confirmation ?? recorded;
  return outcome?.outcome === 'left' ? undefined : outcome;
}

type Claim = 'new' | 'taken over' | "another's" | 'told';

/** Of all who watch, and however often they are killed, one tells: the ledger keeps the first entry of an id. */
async function claim(id: string, run: string, { base, run: watch }: Live): Promise<Claim> {
  const events = await base.ledger.read(base.scope);
  if (events.some((event) => event.id === `${id}:told`)) return 'told';
  const data = { name: 'confirmation-telling', value: { watch } } as const;
  const first = await base.ledger.note(base.scope, { id: `${id}:telling`, run, type: 'fact', data });
  if (watchOf(first) === watch) return 'new';
  const isOpen = base.clock.now().getTime() < Date.parse(first.at) + CLAIM_MS;
  return isOpen ? "another's" : 'taken over';
}

const watchOf = ({ type, data }: LedgerEvent): unknown =>
  type === 'fact' && 'value' in data ? data.value.watch : undefined;

function commandOf({ outcome }: Confirmation, { wired: { env, runbook }, watched }: Live): string {
  if (outcome === 'confirmed') return `release status --env ${env}`;
  if (outcome === 'refuted') return `release status --why --env ${env}`;
  return `release watch ${watched.version} --for ${runbook.monitoring.confirmMinutes}m --env ${env}`;
}

async function post(outcome: Confirmation, how: Claim, run: string, live: Live): Promise<void> {
  const { recorder, context, watched } = live;
  const step = `rollback.${outcome.outcome}`;
  const notes = { ...outcome, command: commandOf(outcome, live) };
  const isRepeated = how === 'taken over';
  const { told, errors } = await postInThread(
    { template: TEMPLATE, step, isRepeated, asksFirst: true, watching: {}, notes },
    live,
  );
  for (const error of errors)
    if (isReleaseError(error))
      context.out.note(`  it was not told whether it is confirmed: ${error.text.what}`);
  if (told.length === 0) return;
  const value = { outcome: outcome.outcome, channels: [...told] };
  const data = { name: 'confirmation-told', value } as const;
  recorder.event({ id: `${run}:${outcome.outcome}:told`, run, type: 'fact', data });
  const named = told.map((one) => `#${one}`).join(', ');
  const word = outcome.outcome === 'confirmed' ? 'is confirmed' : 'is not confirmed';
  context.out.note(`  ✔ ${named} was told that ${watched.version} ${word}`);
}

/**
 * Tells the thread of a rollback what real traffic has said of it, once for each outcome and mentioning nobody. What
 * somebody left before its end is no outcome; an ordered rollback tells of itself. Never rejects.
 */
export async function tellOutcome(live: Live, confirmation: Confirmation | undefined): Promise<void> {
  const { watched, wired, context } = live;
  const outcome = findOutcome(live, confirmation);
  const { run, plan } = watched;
  if (outcome === undefined || run === undefined || plan?.command !== 'rollback') return;
  if (!wired.configured.has('slack') || watched.unended !== undefined || isOrdered(live)) return;
  // Without a ledger nobody can know who tells: told twice is better than not at all.
  const how = await claim(`${run}:${outcome.outcome}`, run, live).catch(() => 'taken over' as const);
  if (how === 'told' || how === "another's") return;
  await post(outcome, how, run, live).catch(() =>
    context.out.note('  it was not told whether the rollback is confirmed'),
  );
}
