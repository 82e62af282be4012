import { judgeVerified } from '../domain/judge-verified.ts';
import type { Confirmation } from '../domain/watch/judge-confirmation.ts';
import { findMaintenanceSince, findTrafficAwaySince } from './find-held.ts';
import { findOpenRun, type RunState } from './fold.ts';

/** What proves a deploy before users meet it. */
const PROOFS = ['prove-live', 'gate-smoke'];

const isChange = ({ plan }: RunState): boolean => ['deploy', 'rollback'].includes(plan.command);

/** What nobody has shown of it; of a rollback everything counts that its own end calls verified. */
const listUnproven = ({ plan, facts, entries }: RunState): readonly string[] =>
  plan.command === 'rollback'
    ? judgeVerified(plan, facts).missing.map(({ what }) => what)
    : PROOFS.filter((name) => entries[name]?.state !== 'done');

/**
 * Why customers must not read "resolved" now; undefined: what is live went through all its steps, was tried before users met
 * it, and nothing on record speaks against it. Unknown is never taken for good.
 */
export function whyNotResolved(runs: readonly RunState[]): string | undefined {
  const open = findOpenRun(runs);
  if (open !== undefined) return `${open.plan.command} ${open.plan.version} is not over`;
  const last = runs.findLast(isChange);
  if (last === undefined) return 'no release is on record here';
  const { command, version } = last.plan;
  if (last.end !== 'completed') return `${command} ${version} did not go through`;
  const missing = listUnproven(last);
  if (missing.length > 0) return `${version} is NOT VERIFIED: ${missing.join(', ')}`;
  if (findMaintenanceSince(runs) !== undefined) return 'users are kept out, or may be';
  if (findTrafficAwaySince(runs) !== undefined) return 'users are sent to the status page, or may be';
  const confirmation = last.facts.confirmation as unknown as Confirmation | undefined;
  return confirmation?.outcome === 'refuted' ? `a rule calls for a rollback of ${version}, too` : undefined;
}
