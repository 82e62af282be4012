import { ReleaseError } from '../../domain/failure.ts';
import { plural } from '../../domain/plural.ts';
import { makeRunId } from '../../engine/run-id.ts';
import type { LedgerMirror, MirrorView } from '../../ledger/ledger-mirror.ts';
import { flagOfScope, isOfPreparations } from '../../ledger/prepare-scope.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import { confirmHeavy } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { answer } from './answer.ts';

const wayMissing = (): ReleaseError =>
  new ReleaseError('E_ARGUMENTS', {
    what: 'repair does not know from what.',
    why: 'The one copy that it can put back is what this machine saw last.',
    next: 'release ledger repair --from-mirror --reason "…"',
    state: 'untouched',
  });

const reasonMissing = (): ReleaseError =>
  new ReleaseError('E_REASON_MISSING', {
    what: 'ledger repair needs a reason.',
    why: 'It replaces what everybody reads; whoever comes next must know why.',
    next: 'Add --reason "…".',
    state: 'untouched',
  });

const noMirror = (what: string, next: string): ReleaseError =>
  new ReleaseError('E_NO_MIRROR', { what, next, state: 'untouched' });

const noMemory = ({ about }: Wired['ledger']): ReleaseError =>
  noMirror(
    `A ledger of the store "${about.store}" keeps no copy on this machine.`,
    about.store === 'file' ? 'Put its folder back from a backup.' : 'Restore its database from a backup.',
  );

const neverSeen = (scope: string): ReleaseError =>
  noMirror(
    `This machine never saw an entry of ${scope}.`,
    'Run it on a machine that has: one that deployed, or asked for release status.',
  );

const sayEntries = (count: number): string => plural(count, 'entry', 'entries');

const sayForeign = ({ foreign }: MirrorView): string =>
  foreign === undefined ? 'no record at all' : `${sayEntries(foreign)} never taken here`;

/** What putting back would do, as a person reads it. */
function sayMirror(view: MirrorView): readonly string[] {
  const { scope, there, seen, seenAt, lost, head } = view;
  const seenLine = `    seen here   ${sayEntries(seen)}, the last one of ${seenAt}`;
  if (there === 'gone') return [`  The ledger of ${scope} is gone from the remote.`, seenLine];
  return [
    `  The ledger of ${scope} on the remote is not what was seen here.`,
    seenLine,
    `    missing     ${sayEntries(lost)} of them`,
    `    there now   ${head?.slice(0, 12)}, with ${sayForeign(view)}; putting back takes that off and keeps it on this machine`,
  ];
}

async function putBack(
  view: MirrorView,
  mirror: LedgerMirror,
  reason: string,
  context: CliContext,
  { ledger, scope, clock }: Wired,
): Promise<string | undefined> {
  const aside = await mirror.putBack(view);
  const run = makeRunId(clock, context.random);
  const value = { reason, lost: view.lost, foreign: view.foreign ?? null, replaced: view.head ?? null };
  await ledger.note(scope, {
    id: `${run}:ledger-repaired`,
    run,
    type: 'fact',
    data: { name: 'ledger-repaired', value },
  });
  return aside;
}

const inFull = ({ env, scope }: Wired) => ({
  env,
  inFull: `release ledger repair --from-mirror --reason "…" ${isOfPreparations(scope) ? `${flagOfScope(scope)} ` : ''}--env ${env} --yes`,
});

/** Puts what this machine saw of a deleted or rewritten ledger back, on a person's typed word (F50, F51). */
export async function repairLedger(
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const { ledger, scope, env } = wired;
  const reason = typeof options.reason === 'string' ? options.reason.trim() : '';
  if (options.fromMirror !== true) throw wayMissing();
  if (reason === '') throw reasonMissing();
  if (ledger.mirror === undefined) throw noMemory(ledger);
  const view = await ledger.mirror.compare(scope);
  if (view === undefined) throw neverSeen(scope);
  const { there, lost, foreign } = view;
  if (there === 'follows')
    return answer(wired, [`  ✔ The ledger of ${scope} has all that was seen here. Nothing to repair.`], {
      repaired: false,
    });
  const said = sayMirror(view);
  if (context.flags.plan) return answer(wired, said, { repaired: false, lost, foreign: foreign ?? null });
  for (const line of said) context.out.note(line);
  await confirmHeavy(context, inFull(wired));
  const aside = await putBack(view, ledger.mirror, reason, context, wired);
  const kept = aside === undefined ? [] : [`    What stood there is kept on this machine: ${aside}`];
  return answer(
    wired,
    [`  ✔ The ledger of ${scope} is back as it was seen here, and says so.`, ...kept],
    { repaired: true, lost, foreign: foreign ?? null, aside: aside ?? null },
    [`release ledger verify ${flagOfScope(scope)}`, `release status --env ${env}`],
  );
}
