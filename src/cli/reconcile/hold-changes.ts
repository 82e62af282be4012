import { minutes } from '../../domain/duration.ts';
import type { RunState } from '../../ledger/fold.ts';
import type { Restored } from './find-restored.ts';

/** The point's moment is by the database's clock, the runs' by other machines'. */
const CLOCKS_DIFFER_MS = minutes(5);

const WRITING = ['postgres.migrate', 'postgres.revert'];

const writesRows = ({ plan }: RunState): boolean =>
  plan.entries.some((one) => one.kind === 'step' && WRITING.includes(one.step));

/**
 * Why changes of the gap are left to a person: a migration's own looks like any other, and put back over the older schema it
 * would undo the rollback. Undefined when the ledger knows what was released since the point, and that no migration was.
 */
export function whyHoldChanges(runs: readonly RunState[], { run, point }: Restored): string | undefined {
  const from = Date.parse(point.at) - CLOCKS_DIFFER_MS;
  const among = runs.filter((one) => one.run !== run && Date.parse(one.lastAt) >= from);
  if (among.some(writesRows))
    return 'what a migration of the undone release wrote looks like any other change';
  return among.some(({ plan }) => plan.command === 'deploy')
    ? undefined
    : 'the ledger does not know what the undone release wrote by itself';
}
