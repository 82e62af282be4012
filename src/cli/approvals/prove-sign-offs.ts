import { makeDecisionRule } from '../../config/make-decision-rule.ts';
import type { ApprovalPayload } from '../../domain/approvals/payload.ts';
import type { Fault, SignOff } from '../../domain/approvals/sign-off.ts';
import type { Json } from '../../domain/json.ts';
import type { Unproven } from '../../ledger/approvals/fold-sign-offs.ts';
import { canonicalJson } from '../../ledger/digest.ts';
import { sayPoint } from '../../report/approval-text.ts';
import { verifyText } from '../../services/signing/verify-text.ts';
import type { Wired } from '../wired.ts';
import { readSigners, type Signers } from './read-signers.ts';

/** The text that is signed. */
export const textOf = (payload: ApprovalPayload): string => canonicalJson(payload as unknown as Json);

/** Who may give it: a decider of this point who is in the runbook with that role. */
function findNoRight(
  { role, person, point, method, by }: ApprovalPayload,
  { runbook }: Wired,
): Fault | undefined {
  const right = (why: string): Fault => ({ kind: 'right', why });
  const named = Object.hasOwn(runbook.people, person) ? runbook.people[person] : undefined;
  if (!makeDecisionRule(runbook, point)?.roles.includes(role))
    return right(`${role} does not sign ${sayPoint(point)}`);
  if (named === undefined) return right(`${person} is not listed under people`);
  if (!named.roles.includes(role)) return right(`${named.name} is not listed as ${role}`);
  const isUnknown = method === 'proxy' && !Object.hasOwn(runbook.people, by);
  return isUnknown ? right(`${by || 'nobody'} recorded it, who is not listed under people`) : undefined;
}

const bad = (why: string): { readonly fault: Fault } => ({ fault: { kind: 'proof', why } });

async function proveKey(
  { payload, signature }: Unproven,
  { allowed, revoked, lack }: Signers,
  { services, runbook, clock }: Wired,
): Promise<{ readonly fault: Fault } | { readonly key: string }> {
  const principal = runbook.people[payload.person]?.email;
  if (signature === undefined) return bad('it says that it is signed, and has no signature');
  if (principal === undefined) return bad(`${payload.person} has no mail address under people`);
  if (lack !== undefined) return bad(`nobody may sign: ${lack}`);
  const verified = await verifyText(services.shell, {
    text: textOf(payload),
    signature,
    principal,
    allowedSigners: allowed,
    revokedKeys: revoked,
    // Whoever has a key that has expired can write any date.
    moments: [new Date(payload.at), clock.now()],
  });
  return verified.isGood ? { key: verified.key } : bad(verified.why);
}

/**
 * Looks at each sign-off anew: whether it may be given, and who gave it. Nothing that is recorded is taken for proof; a signature is
 * verified each time, with the keys of the protected branch.
 */
export async function proveSignOffs(found: readonly Unproven[], wired: Wired): Promise<readonly SignOff[]> {
  let signers: Promise<Signers> | undefined;
  const prove = async (one: Unproven): Promise<SignOff> => {
    const { signature: _, ...signOff } = one;
    if (signOff.fault?.kind === 'form') return signOff;
    const noRight = findNoRight(signOff.payload, wired);
    if (noRight !== undefined) return { ...signOff, fault: noRight };
    if (signOff.fault !== undefined || signOff.payload.method !== 'ssh-signed') return signOff;
    signers ??= readSigners(wired);
    return { ...signOff, ...(await proveKey(one, await signers, wired)) };
  };
  return Promise.all(found.map(prove));
}
