import type { TaskListSpec, TaskSpec, Within } from '../task-spec.ts';

const AT_ONCE: Within = { hours: 2 };
const NEXT_DAY: Within = { hours: 24, onBusinessDay: true };
const MEETING: Within = { hours: 48, onBusinessDay: true };
const WEEK: Within = { hours: 168, onBusinessDay: true };

const LEADS = ['incident-commander', 'rollback-lead', 'deployment-lead'];
const ENGINEERS = ['engineering-lead', 'rollback-lead'];
const OPERATIONS = ['sre-lead', 'monitor', 'devops-lead'];
const TALKERS = ['communications', 'incident-commander'];

type Rest = Partial<Pick<TaskSpec, 'roles' | 'seenBy'>>;

const task = (
  row: number,
  within: Within,
  what: string,
  closedBy: string,
  { roles = LEADS, ...more }: Rest = {},
): TaskSpec => ({
  id: `pir-${String(row).padStart(2, '0')}`,
  what,
  within,
  roles,
  closedBy,
  ...more,
});

/** What a team does after a rollback (PIR rows), counted from its end. */
export const afterRollback: TaskListSpec = {
  name: 'after-rollback',
  title: 'after the rollback of',
  tasks: [
    task(1, AT_ONCE, 'Export the logs of the application and keep them', 'where they are kept', {
      roles: OPERATIONS,
    }),
    task(2, AT_ONCE, 'Keep the database as it was', 'the branch that keeps it', {
      seenBy: 'database-kept',
    }),
    task(3, AT_ONCE, 'Keep error rates and measurements', 'where they are kept', {
      roles: OPERATIONS,
      seenBy: 'measurements-kept',
    }),
    task(4, AT_ONCE, 'Collect what users reported', 'where the reports stand', { roles: TALKERS }),
    task(5, AT_ONCE, 'Read the logs of the deployment for errors', 'what was found', { roles: ENGINEERS }),
    task(6, AT_ONCE, 'Look for a pattern in the errors that monitoring saw', 'what was found', {
      roles: OPERATIONS,
    }),
    task(7, AT_ONCE, 'Find the commit that caused it: the postmortem has the list', 'the commit', {
      roles: ENGINEERS,
    }),
    task(8, AT_ONCE, 'Write down what could have caused it', 'where it stands', { roles: ENGINEERS }),
    task(
      9,
      AT_ONCE,
      'Send stakeholders the report of the incident: release notify incident-report',
      'when and to whom',
      {
        roles: TALKERS,
        seenBy: 'report-sent',
      },
    ),
    task(10, AT_ONCE, 'Tell engineering what was found: release notify engineering-update', 'the message', {
      roles: TALKERS,
      seenBy: 'engineering-told',
    }),
    task(11, AT_ONCE, 'Make the postmortem: release postmortem', 'its file', {
      seenBy: 'postmortem-written',
    }),
    task(12, NEXT_DAY, 'Reproduce it in staging', 'how it is done', { roles: ENGINEERS }),
    task(13, NEXT_DAY, 'Read the code of the failed release again', 'what was found', { roles: ENGINEERS }),
    task(
      14,
      NEXT_DAY,
      'Rehearse the migrations of the fix by themselves',
      'a preflight in which they passed',
      {
        roles: ENGINEERS,
        seenBy: 'fix-rehearsed',
      },
    ),
    task(15, NEXT_DAY, 'Compare its measurements with the baseline', 'what was found', {
      roles: OPERATIONS,
      seenBy: 'performance-kept',
    }),
    task(16, NEXT_DAY, 'Prepare a fix from the version that is live', 'its branch and candidate', {
      roles: ENGINEERS,
      seenBy: 'fix-prepared',
    }),
    task(17, NEXT_DAY, 'Mend the cause', 'the commit, or the release that has it', {
      roles: ENGINEERS,
      seenBy: 'fix-released',
    }),
    task(18, NEXT_DAY, 'Add a test that fails without the mending', 'the test', { roles: ENGINEERS }),
    task(19, NEXT_DAY, 'Say in the changelog what was mended', 'the candidate that has the section', {
      roles: ENGINEERS,
      seenBy: 'fix-prepared',
    }),
    task(20, NEXT_DAY, 'Run every test on the fix', 'a preflight that says GO', {
      roles: ['qa-lead', ...ENGINEERS],
      seenBy: 'fix-passed',
    }),
    task(21, NEXT_DAY, 'Bring the fix to staging', 'its deployment', {
      roles: ['devops-lead', 'deployment-lead'],
      seenBy: 'fix-on-staging',
    }),
    task(22, NEXT_DAY, 'Have users accept the parts that were affected', 'who accepted what', {
      roles: ['product-owner', 'qa-lead'],
      seenBy: 'fix-accepted',
    }),
    task(23, NEXT_DAY, 'Measure how fast the fix is', 'a preflight in which it was', {
      roles: ['qa-lead', ...ENGINEERS],
      seenBy: 'fix-measured',
    }),
    task(24, MEETING, 'Hold the postmortem meeting', 'when it was, and who was there'),
    task(
      25,
      MEETING,
      'Complete the postmortem: release postmortem --check',
      'a check that finds nothing open',
      {
        seenBy: 'postmortem-complete',
      },
    ),
    task(26, WEEK, 'Add a check that would have stopped it', 'the check', {
      roles: ['qa-lead', ...ENGINEERS],
    }),
    task(27, WEEK, 'Add a rule that would have seen it earlier', 'the rule', { roles: OPERATIONS }),
    task(28, WEEK, 'Mend what was slow or unclear in the rollback', 'what was changed', {
      roles: ['rollback-lead', 'devops-lead'],
    }),
    task(29, WEEK, 'Add a safeguard against its like', 'the safeguard', { roles: ENGINEERS }),
    task(30, WEEK, 'Update the runbook, and tell the teams what was learned', 'where it stands'),
  ],
};
