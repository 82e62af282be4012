import { describe, expect, it } from 'vitest';
import type { ClosedTask, TaskList } from '../../../src/ledger/fold-tasks.ts';
import { listLate, writeFollowUp } from '../../../src/report/postmortem/follow-up.ts';
import { incidentTasks } from '../../support/incident.ts';

const titles = new Map([['incident-commander', 'Incident Commander']]);
const write = (list: TaskList) => writeFollowUp(list, { zone: 'America/New_York', titles });
const closing = (id: string, how: ClosedTask['how'], said: string): TaskList => ({
  ...incidentTasks,
  tasks: incidentTasks.tasks.map((task) =>
    task.id === id ? { ...task, closed: { how, said, by: 'Ana', at: '2025-10-01T15:00:00.000Z' } } : task,
  ),
});

describe('what is to be done afterwards, in the postmortem', () => {
  const list = write(incidentTasks);

  it('PIR-01, PIR-05, PIR-06, PIR-08, PIR-12, PIR-13, PIR-24, PIR-26 to PIR-30: each with the time by which it is due', () => {
    expect(list).toContain(
      'Read the logs of the deployment for errors (pir-05), by Wed 1 Oct 2025, 12:35 EDT: unassigned',
    );
    expect(list).toContain('Reproduce it in staging (pir-12), by Thu 2 Oct 2025, 10:35 EDT');
    expect(list).toContain(
      'Hold the postmortem meeting (pir-24), by Fri 3 Oct 2025, 10:35 EDT: Incident Commander (role; given to nobody yet)',
    );
    expect(list).toContain('(pir-30), by Wed 8 Oct 2025, 10:35 EDT');
    for (const row of [1, 5, 6, 8, 12, 13, 24, 26, 27, 28, 29, 30])
      expect(list).toContain(`(pir-${String(row).padStart(2, '0')}), by `);
  });

  it('ticks what was done or seen with its evidence, and not what was dropped', () => {
    expect(write(closing('pir-24', 'done', 'minutes <b>here</b>'))).toContain(
      '- [x] Hold the postmortem meeting (pir-24): minutes \\<b\\>here\\</b\\> (Ana)',
    );
    expect(write(closing('pir-02', 'seen', 'branch pre-v2.1.0'))).toContain(
      '- [x] Keep the database as it was (pir-02): branch pre-v2.1.0\n',
    );
    expect(write(closing('pir-28', 'dropped', 'it was quick'))).toContain(
      '- Mend what was slow or unclear in the rollback (pir-28): not done, says Ana: it was quick',
    );
  });

  it('is overdue once its time is over and nobody has closed it; the file itself shows its own tasks', () => {
    const at = (hour: number) => new Date(Date.UTC(2025, 9, 1, hour, 36));
    expect(listLate(incidentTasks, list, at(14))).toEqual([]);
    const late = listLate(incidentTasks, list, at(16));
    expect(late).toHaveLength(10);
    expect(late[0]).toEqual({
      line: 3,
      said: 'overdue: Export the logs of the application and keep them (pir-01)',
    });
    expect(listLate(closing('pir-01', 'done', 'S3'), list, at(16))).toHaveLength(9);
    expect(late.map(({ said }) => said).join()).not.toContain('pir-11');
  });
});
