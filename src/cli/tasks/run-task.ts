import { ReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import { makeRunId } from '../../engine/run-id.ts';
import { listOpenTasks, listOverdueTasks, type TaskList } from '../../ledger/fold-tasks.ts';
import { roleTitles } from '../../report/role-titles.ts';
import { findNext, sayTasks } from '../../report/task-text.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { lookOf } from '../look-of.ts';
import type { Wired } from '../wired.ts';
import { type Archived, archiveRelease } from './archive-release.ts';
import { findTask, LINES, noWord, readChange, type TaskAction } from './change-task.ts';
import { closeSeen } from './close-seen.ts';
import { listLacking } from './see-release.ts';

const ACTIONS: readonly TaskAction[] = ['done', 'drop', 'assign'];

const noAction = (typed: string): ReleaseError =>
  new ReleaseError('E_ARGUMENTS', {
    what: `task does not know "${typed.slice(0, 40)}".`,
    why: 'There are: list, done, drop, assign, archive.',
    next: 'release task list',
    state: 'untouched',
  });

const tellList = (list: TaskList, now: number, lacking: ReadonlyMap<string, string>): JsonObject => {
  const late = new Set(listOverdueTasks(list, now).map(({ id }) => id));
  return {
    of: list.of,
    list: list.list,
    about: list.about,
    since: list.since,
    tasks: list.tasks.map(({ id, what, due, owner, role, closedBy, closed }) => ({
      ...{ id, what, due, role, closedBy },
      owner: owner ?? null,
      lacking: lacking.get(`${list.of} ${id}`) ?? null,
      state: closed?.how ?? (late.has(id) ? 'overdue' : 'open'),
      closed: closed === undefined ? null : { ...closed },
    })),
  };
};

async function answer(
  lists: readonly TaskList[],
  isAll: boolean,
  { terminal }: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const { runbook, env, clock, ledger, scope } = wired;
  const lacking = listLacking(lists, await ledger.read(scope), wired);
  const now = clock.now().getTime();
  const shown = isAll ? lists : lists.filter((list) => listOpenTasks(list).length > 0);
  const look = lookOf({ terminal });
  const moment = { now, zone: runbook.timezone, titles: roleTitles(runbook), lacking };
  const lines = sayTasks(shown, moment, look, isAll);
  const none =
    lists.length === 0
      ? '  No tasks: a release opens them when its monitoring is over, a rollback with its end.'
      : '  Every task is closed.';
  const next = shown.flatMap((list) => findNext(list, now) ?? listOverdueTasks(list, now)[0] ?? []).at(-1);
  return {
    exitCode: EXIT.ok,
    result: { lists: shown.map((list) => tellList(list, now, lacking)) },
    text: lines.length === 0 ? none : lines.join('\n'),
    next: next === undefined ? [] : [`release task done ${next.id} --env ${env} --evidence "…"`],
    warnings: [],
    env,
    sandbox: runbook.sandbox,
  };
}

const ARCHIVE_TASK = 'post-21';

/** Keeps what the newest release with an open task of it leaves. Throws E_ARGUMENTS without a folder, or where there is none. */
function archive(
  lists: readonly TaskList[],
  { folder }: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<Archived> {
  const { list } = findTask(ARCHIVE_TASK, lists);
  if (typeof folder !== 'string')
    throw noWord('--folder', 'What a release leaves is kept in one place.', LINES.archive);
  return archiveRelease(list, folder, context, wired);
}

/** `release task`: what is to be done afterwards, by whom and until when, and what became of it (PIR and POST rows). */
export async function runTask(
  [action = 'list', id = '']: readonly string[],
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const lists = await closeSeen(wired);
  if (action === 'list') return answer(lists, options.all === true, context, wired);
  const archived = action === 'archive' ? await archive(lists, options, context, wired) : undefined;
  const known = archived === undefined ? ACTIONS.find((one) => one === action) : 'done';
  if (known === undefined) throw noAction(action);
  const run = `t-${makeRunId(wired.clock, context.random)}-${lists.length}-${Math.floor(context.random() * 36 ** 6).toString(36)}`;
  const teller = { by: await context.readActor(), run };
  const { event, said, task, list } = readChange(
    known,
    archived === undefined ? id : ARCHIVE_TASK,
    archived === undefined ? options : { evidence: archived.said },
    lists,
    teller,
    wired,
  );
  const first = await wired.ledger.note(wired.scope, event);
  // Of two who close it at the same moment the ledger keeps the first.
  const lost = first.run !== run;
  return {
    exitCode: EXIT.ok,
    result: { task: task.id, of: list.of, action: known, recorded: !lost },
    text: lost ? `  ${task.id} was closed by somebody else just now; that stands.` : `  ✔ ${said}`,
    next: [`release task --env ${wired.env}`],
    warnings: [...(archived?.warnings ?? [])],
    env: wired.env,
    sandbox: wired.runbook.sandbox,
  };
}
