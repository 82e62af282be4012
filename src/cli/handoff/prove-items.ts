import type { HandoffItem } from '../../domain/handoff/item.ts';
import { joinProofs, type Proof } from '../../domain/handoff/proof.ts';

/** What can be said of each item; those that nothing could say anything about are left out. A fact that is undefined is none here. */
export const proveItems = <Fact extends string>(
  items: readonly HandoffItem<Fact>[],
  byCheck: ReadonlyMap<string, Proof>,
  byFact: Readonly<Record<Fact, Proof | undefined>>,
): ReadonlyMap<string, Proof> =>
  new Map(
    items.flatMap(({ id, checks = [], facts = [] }) => {
      const proofs = [
        ...checks.flatMap((check) => byCheck.get(check) ?? []),
        ...facts.flatMap((fact) => byFact[fact] ?? []),
      ];
      return proofs.length === 0 ? [] : [[id, joinProofs(proofs)] as const];
    }),
  );
