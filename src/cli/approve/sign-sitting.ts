import type { DecisionState } from '../../domain/approvals/judge-decision.ts';
import type { Unproven } from '../../ledger/approvals/fold-sign-offs.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { proveSignOffs } from '../approvals/prove-sign-offs.ts';
import { readDecision } from '../approvals/read-decision.ts';
import type { CommandOptions } from '../command.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { chooseRoles } from './choose-roles.ts';
import type { DecisionAtHand } from './decision-at-hand.ts';
import { findSigner } from './find-signer.ts';
import { type Draft, makeSignOff } from './make-sign-off.ts';
import type { Wish } from './read-wish.ts';
import { recordSignOff } from './record-sign-off.ts';
import {
  refuseAgain,
  refuseClosed,
  refuseGroundless,
  refuseUnlinked,
  refuseVain,
} from './refuse-sign-off.ts';

/** A decision or a handoff as it stands, before somebody signs. */
export interface Sitting {
  readonly decision: DecisionAtHand;
  readonly state: DecisionState;
  readonly events: readonly LedgerEvent[];
}

const nothingToJudge = (): TypeError => new TypeError('a decision that the configuration has no rule for');

/** How it stands, with sign-offs that are about to be given (`more`). */
export async function judgeSitting(
  { decision, events }: Omit<Sitting, 'state'>,
  wired: Wired,
  more: readonly Unproven[] = [],
): Promise<DecisionState> {
  const state = await readDecision(decision, events, wired, more);
  if (state === undefined) throw nothingToJudge();
  return state;
}

/** What would be signed, a draft for each role. Throws what speaks against it, before anybody is asked. */
export async function draftSignOffs(
  sitting: Sitting,
  wish: Wish,
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<readonly Draft[]> {
  const { decision, state } = sitting;
  const signer = await findSigner(options, context, wired);
  refuseClosed(decision, state);
  refuseGroundless({ decision, wish }, wired.env);
  refuseUnlinked({ decision, wish });
  const roles = await chooseRoles(signer.person, options.as, sitting, context, wired);
  const drafts = roles.map((role) => ({ decision, wish, signer, role }));
  for (const one of drafts) refuseAgain(one, state);
  return drafts;
}

/** Makes, proves and records one after the other, so that each is judged with those before it. */
export async function signDrafts(
  drafts: readonly Draft[],
  sitting: Sitting,
  context: CliContext,
  wired: Wired,
): Promise<readonly Unproven[]> {
  const made: Unproven[] = [];
  for (const one of drafts) {
    const signOff = await makeSignOff(one, context, wired);
    const [proven] = await proveSignOffs([signOff], wired);
    const after = await judgeSitting(sitting, wired, [...made, signOff]);
    if (proven !== undefined) refuseVain(proven, after);
    made.push(signOff);
  }
  for (const signOff of made) await recordSignOff(signOff, wired);
  return made;
}
