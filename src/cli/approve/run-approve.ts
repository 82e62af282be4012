import { ReleaseError } from '../../domain/failure.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import { confirmLight } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { findDecision } from './find-decision.ts';
import { makePayload } from './make-sign-off.ts';
import { postpone } from './postpone.ts';
import { isLook, readWish } from './read-wish.ts';
import { sayRecorded } from './record-sign-off.ts';
import { sayQuestion } from './say-question.ts';
import { draftSignOffs, judgeSitting, signDrafts } from './sign-sitting.ts';
import { sayScreen, tellDecision } from './tell-decision.ts';

/** A missing terminal never counts as yes, and a script says as what it signs. */
function refuseUnlessInFull({ terminal, flags }: CliContext, options: CommandOptions, version: string): void {
  if (terminal.canAsk || flags.plan || (flags.yes && options.as !== undefined)) return;
  throw new ReleaseError('E_CONFIRM_IN_FULL', {
    what: 'approve signs in the name of a person and this is not a terminal.',
    next: `Say so in full: release approve ${version} --as <role> --yes   To look only: --require`,
    state: 'untouched',
  });
}

/** `release approve`: what a person decides about a release, bound to what they had before them (DP rows). */
export async function runApprove(
  [typed]: readonly string[],
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const looks = isLook(options);
  if (!looks) refuseUnlessInFull(context, options, typed ?? 'v1.2.3');
  const events = await wired.ledger.read(wired.scope);
  const decision = await findDecision(typed, options.point, events, wired);
  const sitting = { decision, events, state: await judgeSitting({ decision, events }, wired) };
  const telling = { decision, isRequired: options.require === true };
  if (looks) return tellDecision({ ...telling, state: sitting.state, recorded: [] }, context, wired);
  const wish = readWish(options, context.redact);
  const drafts = await draftSignOffs(sitting, wish, options, context, wired);
  context.out.note(`${sayScreen(decision, sitting.state, context, wired)}\n`);
  if (context.flags.plan) {
    const planned = drafts.map((one) => makePayload(one, context, wired));
    return tellDecision({ ...telling, state: sitting.state, recorded: [], planned }, context, wired);
  }
  await confirmLight(context, sayQuestion(drafts, wired));
  const made = await signDrafts(drafts, sitting, context, wired);
  const now = await wired.ledger.read(wired.scope);
  const state = await judgeSitting({ decision, events: now }, wired);
  const recorded = made.map((one) => sayRecorded(one, decision.outcomes, wired));
  const postponed = await postpone(decision, { before: sitting.state, state }, wired);
  return tellDecision({ ...telling, state, recorded, ...(postponed ? { postponed } : {}) }, context, wired);
}
