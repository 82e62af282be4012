import { assignSigners } from '../staffing/assign-signers.ts';
import type { Member } from '../staffing/member.ts';

/** How a decision could never be signed as it is configured, in words; undefined: it can. */
export function sayUnsignable(
  {
    roles,
    quorum,
    isSingleOperator,
  }: { roles: readonly string[]; quorum: number; isSingleOperator: boolean },
  members: readonly Member[],
): string | undefined {
  const missing = roles.filter((role) => !members.some((one) => one.roles.includes(role)));
  const able = roles.filter((role) => !missing.includes(role));
  if (able.length < quorum) return `nobody there for ${missing.join(', ')}`;
  if (isSingleOperator || hasSigners(able, quorum, members)) return undefined;
  return `too few people to sign ${roles.join(', ')} each by another one`;
}

/** True when so many of the roles can each have somebody else. */
function hasSigners(roles: readonly string[], quorum: number, members: readonly Member[]): boolean {
  if (roles.length <= quorum) return assignSigners(roles, members) !== undefined;
  return roles.some((role) =>
    hasSigners(
      roles.filter((one) => one !== role),
      quorum,
      members,
    ),
  );
}
