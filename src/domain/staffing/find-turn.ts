import { isReachable } from './list-reachable.ts';
import type { Member } from './member.ts';

/** Somebody who may be asked, and in which role. */
export interface Called {
  readonly name: string;
  readonly role: string;
  /** False when their calendar says that they are away. */
  readonly reachable: boolean;
}

/** Whose turn it is in a role, and who comes behind. */
export interface Turn {
  readonly role: string;
  /** Undefined: nobody has the role. */
  readonly onDuty?: Called;
  /** Undefined: nobody comes behind. */
  readonly backup?: Called;
}

/**
 * Whom a role waits for at `at` (ms since 1970): whoever has it and can be reached comes first; behind them another one who has it, then
 * whoever has one of the roles that stand in for it.
 */
export function findTurn(
  role: string,
  standIns: readonly string[],
  members: readonly Member[],
  at: number,
): Turn {
  const called = (wanted: string): Called[] =>
    members
      .filter(({ roles }) => roles.includes(wanted))
      .map((member) => ({ name: member.name, role: wanted, reachable: isReachable(member, at) }))
      .sort((a, b) => Number(b.reachable) - Number(a.reachable));
  const [onDuty, ...others] = called(role);
  if (onDuty === undefined) return { role, ...named('backup', standIns.flatMap(called)[0]) };
  const behind = [...others, ...standIns.flatMap(called)].find(({ name }) => name !== onDuty.name);
  return { role, onDuty, ...named('backup', behind) };
}

const named = <K extends string>(key: K, one: Called | undefined): { [P in K]?: Called } =>
  (one === undefined ? {} : { [key]: one }) as { [P in K]?: Called };
