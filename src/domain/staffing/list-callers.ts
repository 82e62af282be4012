import { isReachable } from './list-reachable.ts';
import type { Member } from './member.ts';

/** One place in the order in which people are called. */
export interface Hop {
  readonly role: string;
  readonly member?: Member;
  /** False when their calendar says that they are away; true for somebody outside, of whom nothing is known. */
  readonly reachable: boolean;
}

/**
 * Whom to call, in the order of the escalation path: for each role somebody who can be reached now, else the first who has
 * it. A role that nobody has is somebody outside, under its own name (OWN-15). Nobody stands there twice.
 */
export function listHops(path: readonly string[], members: readonly Member[], at: number): readonly Hop[] {
  const called = new Set<Member>();
  return path.flatMap((role): Hop[] => {
    const able = members.filter((member) => member.roles.includes(role));
    if (able.length === 0) return [{ role, reachable: true }];
    const fresh = able.filter((member) => !called.has(member));
    const member = fresh.find((one) => isReachable(one, at)) ?? fresh[0];
    if (member === undefined) return [];
    called.add(member);
    return [{ role, member, reachable: isReachable(member, at) }];
  });
}
