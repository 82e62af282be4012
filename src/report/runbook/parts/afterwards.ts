import type { Runbook } from '../../../config/schema/index.ts';
import { MESSAGE_KINDS } from '../../../domain/message-kinds.ts';
import { TASK_LISTS } from '../../../domain/tasks/task-lists.ts';
import type { TaskSpec, Within } from '../../../domain/tasks/task-spec.ts';
import { findChannels, isTemplateName, TEMPLATE_NAMES } from '../../../domain/template-names.ts';
import { listLooks } from '../../../domain/week/list-looks.ts';
import { part, plain, writeTable } from '../write-table.ts';

/** What a watch does by itself, and the looks of the week behind it. */
export function writeWatch({ monitoring, measurements }: Runbook): readonly string[] {
  const {
    minutes,
    criticalMinutes,
    progressEveryMinutes,
    rollbackProgressEveryMinutes,
    incidentEveryMinutes,
    successHours,
  } = monitoring;
  const looks = listLooks(minutes / 60, successHours);
  const sources = Object.entries(measurements).map(([name, { source }]) => [plain(name), plain(source)]);
  return [
    ...part(
      '## Watch and week',
      `A release is watched for ${minutes} minutes; the first ${criticalMinutes} are stricter.`,
      `Updates come every ${progressEveryMinutes} minutes, every ${rollbackProgressEveryMinutes} in a rollback, every ${incidentEveryMinutes} in an incident.`,
      `After it ${looks.length} looks follow until the end of the week, every hour at first; ${successHours} clean hours make a release successful.`,
    ),
    ...part('### Measurements', ...writeTable(['Measurement', 'From'], sources)),
  ];
}

/** Messages by who sends them and where they go. */
export function writeMessages({ services }: Runbook): readonly string[] {
  const routes = services.slack?.routes ?? {};
  const rows = TEMPLATE_NAMES.filter(isTemplateName).map((name) => [
    `\`${name}\``,
    plain(MESSAGE_KINDS[name].sentBy),
    findChannels(routes, name)
      .map((channel) => `#${plain(channel)}`)
      .join(', ') || 'no channel',
  ]);
  return part(
    '## Messages',
    'What a message says follows from what was recorded; what is not known says so.',
    '',
    ...writeTable(['Message', 'Sent by', 'Channels'], rows),
  );
}

const due = (within: Within): string =>
  'hours' in within ? `${within.hours} h` : `business day ${within.businessDays}`;

/** The first of its roles that there is; without roles nobody can be named. */
const ownerOf = ({ roles }: TaskSpec, runbook: Runbook): string => {
  const role = roles.find((one) => runbook.roles[one] !== undefined);
  return role === undefined ? `${roles[0]} (not configured)` : plain(runbook.roles[role]?.title ?? role);
};

/** What people do after a release and after a rollback. */
export function writeTasks(runbook: Runbook): readonly string[] {
  const hasRoles = Object.keys(runbook.roles).length > 0;
  return [
    ...part(
      '## Tasks afterwards',
      hasRoles
        ? '`release task` lists what is open.'
        : '`release task` lists what is open. No roles are configured, so that nobody is named.',
    ),
    ...TASK_LISTS.flatMap(({ title, tasks }) =>
      part(
        `### ${title.charAt(0).toUpperCase()}${title.slice(1)} a version`,
        ...writeTable(
          ['Task', 'Within', 'Closed by', ...(hasRoles ? ['Owner'] : [])],
          tasks.map((task) => [
            plain(task.what),
            due(task.within),
            plain(task.closedBy),
            ...(hasRoles ? [ownerOf(task, runbook)] : []),
          ]),
        ),
      ),
    ),
  ];
}
