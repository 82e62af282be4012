/** How the runbook knows a person. */
interface Known {
  readonly name: string;
  readonly email?: string | undefined;
  readonly pagerduty?: string | undefined;
}

/** Somebody as another system calls them. */
interface Called {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
}

const same = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && one.trim().toLowerCase() === other.trim().toLowerCase();

/** A name is somebody only where one person alone has it, and no mail address says otherwise. */
function findByName<P extends Known>(people: readonly P[], { name, email }: Called): P | undefined {
  const [found, ...more] = people.filter((one) => same(one.name, name));
  const isOther = found?.email !== undefined && email !== undefined;
  return more.length > 0 || isOther ? undefined : found;
}

/**
 * The person of the runbook whom another system calls so: by its id, by mail address, else by a name that is theirs alone. Undefined
 * for a stranger: mistaking one person for another would wake the wrong one.
 */
export function findKnown<P extends Known>(people: readonly P[], called: Called): P | undefined {
  const byId = people.find(({ pagerduty }) => pagerduty === called.id);
  if (byId !== undefined) return byId;
  // Who has another id at PagerDuty is somebody else, whatever they are called.
  const open = people.filter(({ pagerduty }) => pagerduty === undefined);
  return open.find(({ email }) => same(email, called.email)) ?? findByName(open, called);
}
