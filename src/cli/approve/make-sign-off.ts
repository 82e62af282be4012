import type { ApprovalPayload } from '../../domain/approvals/payload.ts';
import type { Unproven } from '../../ledger/approvals/fold-sign-offs.ts';
import { makeEvidence } from '../../ledger/approvals/make-evidence.ts';
import { digestOf } from '../../ledger/digest.ts';
import { signText } from '../../services/signing/sign-text.ts';
import { textOf } from '../approvals/prove-sign-offs.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import type { DecisionAtHand } from './decision-at-hand.ts';
import type { Signer } from './find-signer.ts';
import type { Wish } from './read-wish.ts';

/** What is about to be said, by whom, as what. */
export interface Draft {
  readonly decision: DecisionAtHand;
  readonly wish: Wish;
  readonly signer: Signer;
  readonly role: string;
}

const NONE = makeEvidence([]);

/** The text that the person is about to sign. */
export function makePayload(
  { decision, wish, signer, role }: Draft,
  { random }: Pick<CliContext, 'random'>,
  { runbook, env, clock }: Wired,
): ApprovalPayload {
  const { version, commit, point, run, evidence = NONE } = decision;
  const { person, method, by, link } = signer;
  const at = clock.now().toISOString();
  return {
    ...{ kind: 'release-approval', v: 1, service: runbook.service, environment: env },
    ...{ version, commit, point, run, role, person, decision: wish.word, evidence: evidence.digest },
    ...{ method, by, link, comment: wish.comment, at },
    nonce: digestOf([at, person, role, wish.word, random(), random(), random()]).slice(0, 32),
  };
}

/** The sign-off as it will stand in the ledger. Throws E_SIGNING_KEY. */
export async function makeSignOff(draft: Draft, context: CliContext, wired: Wired): Promise<Unproven> {
  const payload = makePayload(draft, context, wired);
  const { key } = draft.signer;
  const items = (draft.decision.evidence ?? NONE).items;
  const bare = { id: `approval-${payload.nonce}`, payload, items };
  if (key === undefined) return bare;
  return { ...bare, signature: await signText(wired.services.shell, key, textOf(payload)) };
}
