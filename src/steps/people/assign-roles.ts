import { makeRoster } from '../../config/make-roster.ts';
import { seconds } from '../../domain/duration.ts';
import { assignSigners } from '../../domain/staffing/assign-signers.ts';
import { isReachable } from '../../domain/staffing/list-reachable.ts';
import type { Member } from '../../domain/staffing/member.ts';
import { defineStep } from '../../kit.ts';

type Input = { roles: string[] };
type Done = {
  /** Role → who has it in this run. */
  assigned: Record<string, string>;
  /** Roles that nobody who can be reached may take. */
  missing: string[];
};

/** A different person for each role where there are enough of them; else whoever may take it, twice if need be. */
function assign(roles: readonly string[], present: readonly Member[]): Done {
  const apart = assignSigners(roles, present);
  const nameOf = (role: string): string | undefined =>
    (apart?.get(role) ?? present.find((one) => one.roles.includes(role)))?.name;
  const found = roles.map((role) => [role, nameOf(role)] as const);
  return {
    assigned: Object.fromEntries(found.flatMap(([role, name]) => (name === undefined ? [] : [[role, name]]))),
    missing: found.filter(([, name]) => name === undefined).map(([role]) => role),
  };
}

/**
 * Who runs the release, reads the numbers, tells people and would go back (DAY-04, E-104, E-113). It is the record of who
 * it was; whether there are enough of them is the gate's question, and keeps no run from going on here.
 */
export const assignRoles = defineStep<never, Input, Done>({
  id: 'people.assign-roles',
  def: 1,
  needs: [],
  effect: 'read',
  settleMs: 0,
  timeoutMs: seconds(10),
  stop: 'safe',
  title: () => 'Assign the roles of the day',
  run: async (_, { roles }, { runbook, clock, tell }) => {
    const now = clock.now().getTime();
    const done = assign(
      roles,
      makeRoster(runbook).filter((one) => isReachable(one, now)),
    );
    const titleOf = (role: string): string => runbook.roles[role]?.title ?? role;
    const said = Object.entries(done.assigned).map(([role, name]) => `${titleOf(role)}: ${name}`);
    tell([...said, ...done.missing.map((role) => `${titleOf(role)}: nobody`)].join(' · '));
    return done;
  },
  undo: { kind: 'nothing' },
});
