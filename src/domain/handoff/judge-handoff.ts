import type { Standing } from './judge-item.ts';

/** What somebody signed. `marks`: by item, what it rested on then. */
export interface Signature {
  readonly role: string;
  readonly person: string;
  readonly decision: 'accept' | 'decline';
  readonly method: string;
  /** ISO. */
  readonly at: string;
  readonly comment?: string;
  readonly marks: Readonly<Record<string, string>>;
}

/** One role's line of the sign-off. */
export interface SignatureStanding {
  readonly role: string;
  readonly state: 'waiting' | 'signed' | 'declined' | 'stale';
  readonly signature?: Signature;
  /** Ids of what is another fact since. */
  readonly changed?: readonly string[];
}

export interface HandoffVerdict {
  readonly complete: boolean;
  readonly open: readonly Standing[];
  readonly signatures: readonly SignatureStanding[];
}

export const marksOf = (standings: readonly Standing[]): Readonly<Record<string, string>> =>
  Object.fromEntries(standings.map(({ item, mark }) => [item.id, mark]));

const changedSince = ({ marks }: Signature, standings: readonly Standing[]): readonly string[] =>
  standings.filter(({ item, mark }) => marks[item.id] !== mark).map(({ item }) => item.id);

function judgeRole(
  role: string,
  signatures: readonly Signature[],
  standings: readonly Standing[],
): SignatureStanding {
  const signature = signatures.findLast((one) => one.role === role);
  if (signature === undefined) return { role, state: 'waiting' };
  if (signature.decision === 'decline') return { role, state: 'declined', signature };
  const changed = changedSince(signature, standings);
  return changed.length === 0
    ? { role, state: 'signed', signature }
    : { role, state: 'stale', signature, changed };
}

/**
 * Whether a handoff is complete: nothing open, and every role has signed exactly this. One that declines holds it up until
 * the same role signs (HOP-25 to HOP-27, HOO-29).
 */
export function judgeHandoff(
  standings: readonly Standing[],
  signatures: readonly Signature[],
  roles: readonly string[],
): HandoffVerdict {
  const open = standings.filter(({ state }) => state === 'open' || state === 'stale');
  const lines = roles.map((role) => judgeRole(role, signatures, standings));
  return {
    open,
    signatures: lines,
    complete: open.length === 0 && lines.every(({ state }) => state === 'signed'),
  };
}
