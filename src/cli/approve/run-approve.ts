import type { DecisionState } from '../../domain/approvals/judge-decision.ts';
import { ReleaseError } from '../../domain/failure.ts';
import type { Unproven } from '../../ledger/approvals/fold-sign-offs.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { proveSignOffs } from '../approvals/prove-sign-offs.ts';
import { readDecision } from '../approvals/read-decision.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import { confirmLight } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { chooseRoles } from './choose-roles.ts';
import type { DecisionAtHand } from './decision-at-hand.ts';
import { findDecision } from './find-decision.ts';
import { findSigner } from './find-signer.ts';
import { type Draft, makePayload, makeSignOff } from './make-sign-off.ts';
import { postpone } from './postpone.ts';
import { isLook, readWish } from './read-wish.ts';
import { recordSignOff, sayRecorded } from './record-sign-off.ts';
import { refuseAgain, refuseClosed, refuseGroundless, refuseVain } from './refuse-sign-off.ts';
import { sayScreen, tellDecision } from './tell-decision.ts';

interface Sitting {
  readonly decision: DecisionAtHand;
  readonly state: DecisionState;
  readonly events: readonly LedgerEvent[];
}

const nothingToJudge = (): TypeError => new TypeError('a decision that the configuration has no rule for');

async function judge(sitting: Omit<Sitting, 'state'>, wired: Wired, more: readonly Unproven[] = []) {
  const state = await readDecision(sitting.decision, sitting.events, wired, more);
  if (state === undefined) throw nothingToJudge();
  return state;
}

/** A missing terminal never counts as yes, and a script says as what it signs. */
function refuseUnlessInFull({ terminal, flags }: CliContext, options: CommandOptions, version: string): void {
  if (terminal.canAsk || flags.plan || (flags.yes && options.as !== undefined)) return;
  throw new ReleaseError('E_CONFIRM_IN_FULL', {
    what: 'approve signs in the name of a person and this is not a terminal.',
    next: `Say so in full: release approve ${version} --as <role> --yes   To look only: --require`,
    state: 'untouched',
  });
}

async function draft(
  sitting: Sitting,
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<readonly Draft[]> {
  const { decision, state } = sitting;
  const wish = readWish(options, context.redact);
  const signer = await findSigner(options, context, wired);
  refuseClosed(decision, state);
  refuseGroundless({ decision, wish }, wired.env);
  const roles = await chooseRoles(signer.person, options.as, sitting, context, wired);
  const drafts = roles.map((role) => ({ decision, wish, signer, role }));
  for (const one of drafts) refuseAgain(one, state);
  return drafts;
}

const question = ([first, ...more]: readonly Draft[], { runbook }: Wired): string => {
  if (first === undefined) return '';
  const { wish, decision, signer } = first;
  const { name, email } = runbook.people[signer.person] ?? { name: signer.person };
  const word =
    wish.word === 'revoked' ? 'Take your word back' : `Sign ${decision.outcomes[wish.word === 'go' ? 0 : 1]}`;
  const roles = [first, ...more].map(({ role }) => role).join(' and ');
  return `${word} as ${roles} (${name}${email ? ` <${email}>` : ''}), ${signer.method}?`;
};

/** Makes, proves and records one after the other, so that each is judged with those before it. */
async function sign(drafts: readonly Draft[], sitting: Sitting, context: CliContext, wired: Wired) {
  const made: Unproven[] = [];
  for (const one of drafts) {
    const signOff = await makeSignOff(one, context, wired);
    const [proven] = await proveSignOffs([signOff], wired);
    const after = await judge(sitting, wired, [...made, signOff]);
    if (proven !== undefined) refuseVain(proven, after);
    made.push(signOff);
  }
  for (const signOff of made) await recordSignOff(signOff, wired);
  return made;
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
  const sitting = { decision, events, state: await judge({ decision, events }, wired) };
  const telling = { decision, isRequired: options.require === true };
  if (looks) return tellDecision({ ...telling, state: sitting.state, recorded: [] }, context, wired);
  const drafts = await draft(sitting, options, context, wired);
  context.out.note(`${sayScreen(decision, sitting.state, context, wired)}\n`);
  if (context.flags.plan) {
    const planned = drafts.map((one) => makePayload(one, context, wired));
    return tellDecision({ ...telling, state: sitting.state, recorded: [], planned }, context, wired);
  }
  await confirmLight(context, question(drafts, wired));
  const made = await sign(drafts, sitting, context, wired);
  const now = await wired.ledger.read(wired.scope);
  const state = await judge({ decision, events: now }, wired);
  const recorded = made.map((one) => sayRecorded(one, decision.outcomes, wired));
  const postponed = await postpone(decision, { before: sitting.state, state }, wired);
  return tellDecision({ ...telling, state, recorded, ...(postponed ? { postponed } : {}) }, context, wired);
}
