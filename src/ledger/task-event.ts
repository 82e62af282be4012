import type { OpenedTask } from '../domain/tasks/make-tasks.ts';

/** What the events of follow-up tasks carry. `of` is the run after which they are done. */
export interface TaskEventData {
  /** From here on they are to be done. `since` is ISO; `version` is live, `about` is the version that they are about. */
  'tasks.opened': {
    readonly of: string;
    readonly list: string;
    readonly version: string;
    readonly about: string;
    readonly since: string;
    readonly tasks: readonly OpenedTask[];
  };
  /** Somebody is named for it. */
  'task.assigned': {
    readonly of: string;
    readonly task: string;
    readonly owner: string;
    readonly by: string;
  };
  /** done: a person says so, with evidence; seen: the program found it itself; dropped: it is not done, with a reason. */
  'task.closed': {
    readonly of: string;
    readonly task: string;
    readonly how: 'done' | 'seen' | 'dropped';
    readonly said: string;
    readonly by: string;
  };
  /** All that was open of a list is not done any more, and why. */
  'tasks.dropped': {
    readonly of: string;
    readonly list: string;
    readonly said: string;
    readonly by: string;
  };
  /** Whoever recorded this reminds people of these tasks, and nobody else ever. */
  'task.reminding': { readonly of: string; readonly tasks: readonly string[] };
}
