import { ReleaseError } from '../../domain/failure.ts';
import { plural } from '../../domain/plural.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { foldRuns, type RunState } from '../../ledger/fold.ts';
import type { ServiceName } from '../../services/services.ts';
import type { GapEvent } from '../../services/stripe/port.ts';
import type { CommandResult } from '../command.ts';
import { confirmHeavy, refuseUnlessInFull } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import type { Wired } from '../wired.ts';
import { type EventGap, findEventGap } from './find-event-gap.ts';
import { refuseWithout } from './refuse-without.ts';

const NEEDS: readonly ServiceName[] = ['stripe', 'web'];

const factOf = (id: string): string => `replayed:${id}`;

/** Events of the gap, and which of them an earlier replay has brought in. */
interface Standing {
  readonly gap: EventGap;
  readonly open: readonly GapEvent[];
  readonly accepted: number;
}

async function readStanding(wanted: string | undefined, wired: Wired): Promise<Standing> {
  const { ledger, scope, env, services } = wired;
  const runs = foldRuns(await ledger.read(scope));
  const gap = await findEventGap(runs, wanted, wired);
  const state = runs.find(({ run }) => run === gap.run) as RunState;
  const events = await services.stripe.events(env, { from: gap.from, to: gap.to });
  const open = events.filter(({ id }) => state.facts[factOf(id)] === undefined);
  return { gap, open, accepted: events.length - open.length };
}

/** What stopped it: the events after this one were not sent. */
interface Refusal {
  readonly event: GapEvent;
  readonly said: string;
}

async function post(
  { id, body }: GapEvent,
  { services, environment, env }: Wired,
): Promise<string | undefined> {
  const path = environment.stripe?.webhookPath ?? '';
  const signed = {
    'content-type': 'application/json',
    'stripe-signature': services.stripe.signature(env, body),
  };
  const { status } = await services.web.request(env, { method: 'POST', path, headers: signed, body });
  return status >= 200 && status < 300 ? undefined : `${path} answered HTTP ${status} to ${id}`;
}

/**
 * One after the other, oldest first, as Stripe sent them; the first refusal ends it, because later events rest on earlier
 * ones. What was accepted is recorded at once: a second replay sends only the rest.
 */
async function send(
  { gap, open }: Standing,
  context: CliContext,
  wired: Wired,
): Promise<{ readonly sent: number; readonly refusal?: Refusal }> {
  const { ledger, scope } = wired;
  for (const [sent, event] of open.entries()) {
    if (context.stop.stopping) return { sent, refusal: { event, said: 'stopped' } };
    const said = await post(event, wired);
    if (said !== undefined) return { sent, refusal: { event, said } };
    const { run } = gap;
    const data = { name: factOf(event.id), value: { type: event.type, createdAt: event.createdAt } };
    await ledger.note(scope, { id: `${run}:${factOf(event.id)}`, run, type: 'fact', data });
    context.out.note(`  ✔ ${event.createdAt}  ${oneLine(event.type, 40)}  ${event.id}`);
  }
  return { sent: open.length };
}

const sayTypes = (events: readonly GapEvent[]): string[] => {
  const types = [...new Set(events.map(({ type }) => type))];
  return types.map(
    (type) => `    ${events.filter((one) => one.type === type).length} × ${oneLine(type, 50)}`,
  );
};

const sayStanding = ({ gap, open, accepted }: Standing, env: string): string =>
  [
    `  Stripe events from ${gap.from.toISOString()} to ${gap.to.toISOString()}: ${gap.why} (run ${gap.run})`,
    `  ${open.length === 0 ? 'none is left to send' : `${plural(open.length, 'event')} to send to the webhook of ${env}, oldest first:`}`,
    ...sayTypes(open),
    ...(accepted > 0 ? [`  ${plural(accepted, 'event')} accepted by an earlier replay`] : []),
    ...(open.length > 0
      ? ['  The application must take an event once, by its id. Bring lost rows back first.']
      : []),
  ].join('\n');

const refused = ({ said }: Refusal, sent: number, left: number): ReleaseError =>
  new ReleaseError('E_REPLAY_REFUSED', {
    what: `The replay stopped: ${said}.`,
    why: `${plural(sent, 'event')} accepted and recorded, ${left} not sent: later events may rest on this one.`,
    next: 'Look at the application; then the same line again sends only what was not accepted.',
    state: 'partly-done',
  });

/**
 * `rollback --replay-events [run]`: sends Stripe's events of the gap to the application once more (E-83), after the typed
 * name of the environment. Throws E_REPLAY_REFUSED at the first one that is not accepted.
 */
export async function replayEvents(
  [wanted]: readonly string[],
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const { env, runbook } = wired;
  refuseWithout(NEEDS, wired);
  const change = { env, inFull: `release rollback --replay-events --env ${env} --yes` };
  if (!context.flags.plan) refuseUnlessInFull(context, change);
  const standing = await readStanding(wanted, wired);
  const { gap, open, accepted } = standing;
  const text = sayStanding(standing, env);
  const head = { env, run: gap.run, sandbox: runbook.sandbox, next: [], warnings: [] };
  const told = { run: gap.run, toSend: open.length, acceptedBefore: accepted };
  if (context.flags.plan || open.length === 0)
    return { ...head, exitCode: EXIT.ok, result: { ...told, sent: 0 }, text };
  context.out.note(`${text}\n`);
  await confirmHeavy(context, change);
  const { sent, refusal } = await send(standing, context, wired);
  if (refusal !== undefined) throw refused(refusal, sent, open.length - sent);
  return {
    ...head,
    exitCode: EXIT.ok,
    result: { ...told, sent },
    text: `  ✔ ${plural(sent, 'event')} accepted by the application`,
  };
}
