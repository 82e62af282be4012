import type { RunState } from './fold.ts';

/** Role → name, as the last deploy of this version had them; undefined: none is on record. */
export function findAssigned(
  runs: readonly RunState[],
  version: string,
): Readonly<Record<string, string>> | undefined {
  const left = runs.findLast(({ plan }) => plan.command === 'deploy' && plan.version === version);
  const entry = left?.plan.entries.find((one) => one.kind === 'step' && one.step === 'people.assign-roles');
  const assigned = entry && left?.facts[entry.name]?.assigned;
  return assigned as Readonly<Record<string, string>> | undefined;
}
