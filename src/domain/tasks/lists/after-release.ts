import type { TaskListSpec, TaskSpec, Within } from '../task-spec.ts';

const NEXT_DAY: Within = { businessDays: 1 };
const THIRD_DAY: Within = { businessDays: 3 };
const FIFTH_DAY: Within = { businessDays: 5 };
const LAST_DAY: Within = { businessDays: 7 };

const LEADS = ['deployment-lead', 'engineering-lead'];
const ENGINEERS = ['engineering-lead', 'senior-backend-engineer', 'deployment-lead'];
const OPERATIONS = ['monitor', 'sre-lead', 'devops-lead'];
const DATABASE = ['database-lead', 'dba', 'engineering-lead'];
const PRODUCT = ['product-owner', 'communications'];
const TALKERS = ['communications', 'product-owner'];
const PROCESS = ['devops-lead', 'deployment-lead'];

type Rest = Pick<TaskSpec, 'seenBy'>;

const task = (
  row: number,
  within: Within,
  roles: readonly string[],
  what: string,
  closedBy: string,
  more: Rest = {},
): TaskSpec => ({ id: `post-${String(row).padStart(2, '0')}`, what, within, roles, closedBy, ...more });

const NIGHT = 'a clean look at every hour of the first day, or what was found';

/** What a team does in the week after a release (POST rows), in business days after users came. */
export const afterRelease: TaskListSpec = {
  name: 'after-release',
  title: 'after the release of',
  tasks: [
    task(1, NEXT_DAY, OPERATIONS, 'Read the error rates and measurements of the night', NIGHT, {
      seenBy: 'night-clean',
    }),
    task(2, NEXT_DAY, DATABASE, 'Read how fast the database has been since', 'its P95 at every hour', {
      seenBy: 'queries-steady',
    }),
    task(3, NEXT_DAY, OPERATIONS, 'Read how many payments succeed', 'their share at every hour', {
      seenBy: 'payments-steady',
    }),
    task(4, NEXT_DAY, PRODUCT, 'Read the tickets that customers have opened', 'what was found'),
    task(5, NEXT_DAY, ENGINEERS, 'Sort the new bugs by how urgent they are', 'where they stand'),
    task(6, NEXT_DAY, TALKERS, 'Tell stakeholders how the release stands', 'a letter of the day after', {
      seenBy: 'stakeholders-told',
    }),
    task(
      7,
      THIRD_DAY,
      OPERATIONS,
      'Go on reading how fast it is',
      'clean looks at the second and third day',
      {
        seenBy: 'days-clean',
      },
    ),
    task(8, THIRD_DAY, ENGINEERS, 'Mend what is urgent (P1, P2)', 'the commits, or that there was none'),
    task(9, THIRD_DAY, PRODUCT, 'Read who uses what is new', 'the numbers, and where they are from'),
    task(10, THIRD_DAY, PRODUCT, 'Gather what customers say', 'where it stands'),
    task(11, THIRD_DAY, OPERATIONS, 'Look for patterns in the logs of the application', 'what was found'),
    task(
      12,
      THIRD_DAY,
      DATABASE,
      'Make slow queries faster, where there are any',
      'which, or that there is none',
    ),
    task(13, FIFTH_DAY, LEADS, 'Set a time for the retrospective', 'when it is, and who comes'),
    task(
      14,
      FIFTH_DAY,
      LEADS,
      'Compare what was measured with its targets',
      'each figure beside its target',
      {
        seenBy: 'targets-met',
      },
    ),
    task(15, FIFTH_DAY, LEADS, 'Write down what was learned', 'where it stands'),
    task(16, FIFTH_DAY, PROCESS, 'Name what the process should do better', 'what is changed, and by whom'),
    task(
      17,
      FIFTH_DAY,
      PROCESS,
      'Update the runbook, and set the day of its next review',
      'document.updated',
      {
        seenBy: 'runbook-reviewed',
      },
    ),
    task(18, FIFTH_DAY, LEADS, 'Celebrate with the team', 'that it was done'),
    task(19, LAST_DAY, ENGINEERS, 'Finish the documents that the release changes', 'where they stand'),
    task(20, LAST_DAY, LEADS, 'Close the tasks of the release on the project board', 'the board'),
    task(21, LAST_DAY, PROCESS, 'Archive evidence, reports and notes of the release', 'where they are kept'),
    task(22, LAST_DAY, PROCESS, 'Enter the next release into the calendar', 'its day'),
    task(23, LAST_DAY, PRODUCT, 'Hand over to support what it must know', 'to whom, and what they have'),
    task(24, LAST_DAY, LEADS, 'Plan a hotfix, where one is needed', 'its version, or that none is needed'),
  ],
};
