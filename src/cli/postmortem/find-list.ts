import { afterRollback } from '../../domain/tasks/lists/after-rollback.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { anchorRollback } from '../../ledger/find-task-anchors.ts';
import type { RunState } from '../../ledger/fold.ts';
import { foldTasks, type TaskList } from '../../ledger/fold-tasks.ts';
import { makeList } from '../tasks/open-tasks.ts';
import type { Wired } from '../wired.ts';

/** What is to be done after a rollback, as the ledger has it; where nobody has opened it yet, as it will be opened. */
export function findList(rollback: RunState, events: readonly LedgerEvent[], wired: Wired): TaskList {
  const known = foldTasks(events).find(({ of, list }) => of === rollback.run && list === afterRollback.name);
  return known ?? { ...makeList(anchorRollback(rollback), wired), reminded: new Set(), reminders: 0 };
}
