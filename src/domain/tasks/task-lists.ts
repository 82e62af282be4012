import { afterRelease } from './lists/after-release.ts';
import { afterRollback } from './lists/after-rollback.ts';
import type { TaskListSpec } from './task-spec.ts';

/** Every list of tasks that can be opened. */
export const TASK_LISTS: readonly TaskListSpec[] = [afterRollback, afterRelease];
