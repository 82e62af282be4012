import { type Hop, listHops } from './list-callers.ts';
import { isReachable } from './list-reachable.ts';
import type { Member } from './member.ts';

/** Somebody in a role, and whether their calendar says that they can be reached. */
export interface OnDuty {
  readonly role: string;
  /** Everybody who has the role. */
  readonly people: readonly { readonly name: string; readonly reachable: boolean }[];
}

/** Who answers for an area, and whom to call, in order (OWN rows). */
export interface Duty {
  readonly area: string;
  readonly owner: OnDuty;
  readonly backup: OnDuty;
  readonly escalation: readonly Hop[];
  readonly onCall: string | undefined;
  readonly responsibilities: readonly string[];
}

/** What the runbook says of an area. */
interface Owned {
  readonly owner: string;
  readonly backup: string;
  readonly escalation: readonly string[];
  readonly responsibilities: readonly string[];
  readonly onCall?: string | undefined;
}

const findOnDuty = (role: string, members: readonly Member[], at: number): OnDuty => ({
  role,
  people: members
    .filter(({ roles }) => roles.includes(role))
    .map((member) => ({ name: member.name, reachable: isReachable(member, at) })),
});

/** Every area with its people as they can be reached at `at` (ms since 1970). */
export const listDuties = (
  owners: Readonly<Record<string, Owned>>,
  members: readonly Member[],
  at: number,
): readonly Duty[] =>
  Object.entries(owners).map(([area, { owner, backup, escalation, onCall, responsibilities }]) => ({
    area,
    owner: findOnDuty(owner, members, at),
    backup: findOnDuty(backup, members, at),
    escalation: listHops(escalation, members, at),
    onCall,
    responsibilities,
  }));
