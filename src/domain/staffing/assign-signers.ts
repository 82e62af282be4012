import type { Member } from './member.ts';

/** Finds `role` a member; one who holds another role already is moved when that one has somebody else. */
function place(
  role: string,
  members: readonly Member[],
  taken: Map<Member, string>,
  tried: Set<Member>,
): boolean {
  for (const member of members) {
    if (tried.has(member) || !member.roles.includes(role)) continue;
    tried.add(member);
    const other = taken.get(member);
    if (other !== undefined && !place(other, members, taken, tried)) continue;
    taken.set(member, role);
    return true;
  }
  return false;
}

/**
 * A different person for each role, by role; undefined when there are not enough of them (E-113). A role that is named
 * twice needs one person.
 */
export function assignSigners(
  roles: readonly string[],
  members: readonly Member[],
): ReadonlyMap<string, Member> | undefined {
  const taken = new Map<Member, string>();
  const isDone = [...new Set(roles)].every((role) => place(role, members, taken, new Set()));
  return isDone ? new Map([...taken].map(([member, role]) => [role, member])) : undefined;
}
