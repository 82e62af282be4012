/** What is known of one thing. `absent`: this runbook has nothing that could know it. */
export interface Proof {
  readonly state: 'holds' | 'not' | 'unknown' | 'absent';
  readonly said: string;
  /** Who says so: a check, the ledger, the configuration, the application. */
  readonly from: string;
  /** When it was found out (ISO). */
  readonly at?: string;
  /** What makes it good, or known. */
  readonly next?: string;
  /** What it is true of, where another value is another fact: a commit, a backup. A measurement has none. */
  readonly mark?: string;
}

const WORST_FIRST = ['not', 'unknown', 'holds', 'absent'] as const;

/** Several proofs as one: it holds when none of them objects, and is absent when none of them is there. */
export function joinProofs(proofs: readonly Proof[]): Proof {
  const state = WORST_FIRST.find((one) => proofs.some((proof) => proof.state === one)) ?? 'absent';
  const telling = proofs.filter((proof) => proof.state === state);
  const next = telling.find((proof) => proof.next !== undefined)?.next;
  const ages = telling.flatMap(({ at }) => at ?? []).sort();
  return {
    state,
    said: telling.map(({ said }) => said).join(' · '),
    from: [...new Set(telling.map(({ from }) => from))].join(', '),
    ...(ages[0] === undefined ? {} : { at: ages[0] }),
    ...(next === undefined ? {} : { next }),
    mark: proofs.map((proof) => markOf(proof)).join(' '),
  };
}

/** What an answer or a signature is bound to: the same fact gives the same mark, however often it is measured. */
export const markOf = ({ state, mark }: Proof): string => (mark === undefined ? state : `${state} ${mark}`);
