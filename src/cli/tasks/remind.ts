import type { Moment } from '../../domain/moment.ts';
import { findChannels } from '../../domain/template-names.ts';
import { foldRun } from '../../ledger/fold.ts';
import { listOverdueTasks, type TaskList, type TaskState } from '../../ledger/fold-tasks.ts';
import { namePerson } from '../../report/messages/people.ts';
import { roleTitles } from '../../report/role-titles.ts';
import { sayList, sayOwner } from '../../report/task-text.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import type { JobDone } from '../jobs/job-kinds.ts';
import { nameLook } from '../looks/claim-look.ts';
import { sendToChannels } from '../messages/send-to-channels.ts';
import type { Wired } from '../wired.ts';
import { closeSeen } from './close-seen.ts';

const TEMPLATE = 'tasks-overdue';

/** Tasks that are overdue and of which nobody was ever reminded, when they are now ours to tell: of all who ask, one gets them. */
async function claim(
  list: TaskList,
  now: number,
  run: string,
  { ledger, scope }: Wired,
): Promise<readonly TaskState[]> {
  const late = listOverdueTasks(list, now).filter(({ id }) => !list.reminded.has(id));
  if (late.length === 0) return [];
  // Numbered, so that two agents who see different tasks cannot both tell of those that both see.
  const id = `${list.of}:reminding:${list.list}:${list.reminders + 1}`;
  const data = { of: list.of, tasks: late.map((task) => task.id) };
  const first = await ledger.note(scope, { id, run, type: 'task.reminding', data });
  return first.run === run ? late : [];
}

/** Whoever was named, so that Slack can mention them; of a role that nobody was named for the words alone. */
function ownerOf(task: TaskState, runbook: Wired['runbook'], now: string) {
  const { people, roles } = runbook;
  const person = Object.values(people).find(({ name }) => name === task.owner);
  return person === undefined
    ? sayOwner(task, { titles: roleTitles({ roles }) })
    : namePerson(person, runbook, now);
}

async function tell(list: TaskList, late: readonly TaskState[], wired: Wired): Promise<readonly string[]> {
  const { configured, runbook, env, clock, ledger, scope } = wired;
  if (!configured.has('slack')) return [];
  const channels = findChannels(runbook.services.slack?.routes ?? {}, TEMPLATE);
  if (channels.length === 0)
    return [`Nobody is told: services.slack.routes names no channel for ${TEMPLATE}.`];
  const release = foldRun(await ledger.read(scope), list.of);
  if (release === undefined) return [];
  const { run, plan, facts } = release;
  const tasks = late.map((task) => ({
    id: task.id,
    what: task.what,
    due: task.due,
    owner: ownerOf(task, runbook, clock.now().toISOString()),
  }));
  const notes = { title: sayList(list), tasks, command: `release task --env ${env}` };
  const moment: Moment = {
    ...{ run, env, plan, facts, notes, now: clock.now().toISOString() },
    ...{ step: `tasks.${list.reminders + 1}`, canThread: false, repeated: false },
  };
  return (await sendToChannels(TEMPLATE, channels, moment, wired)).warnings;
}

/**
 * Closes what can be seen, and reminds people once of each task whose time is over. A reminder that Slack did not take is told here
 * and not tried again: whether it was posted is not known, and nobody is told twice. Undefined: nothing new is overdue.
 */
export async function remindTasks(
  context: CliContext,
  wired: Wired,
  now: number,
): Promise<JobDone | undefined> {
  const run = nameLook(context, wired);
  const said: string[] = [];
  const warnings: string[] = [];
  for (const list of await closeSeen(wired)) {
    const late = await claim(list, now, run, wired);
    if (late.length === 0) continue;
    said.push(`overdue ${sayList(list)}: ${late.map(({ id }) => id).join(', ')}`);
    warnings.push(...(await tell(list, late, wired)));
  }
  const next = [`release task --env ${wired.env}`];
  return said.length === 0 ? undefined : { said: said.join('; '), exitCode: EXIT.no, warnings, next };
}
