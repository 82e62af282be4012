import { sayDuration } from '../../../domain/duration.ts';
import type { Plan, PlanEntry, UndoText } from '../../../domain/plan.ts';
import type { StoryEnvironment } from '../runbook-story.ts';
import { part, plain, writeTable } from '../write-table.ts';

function sayUndo(undo: UndoText): string {
  if (undo.kind === 'nothing') return 'nothing to take back';
  return undo.kind === 'compensate'
    ? plain(undo.how)
    : plain(`stays: ${undo.because}; instead: ${undo.instead}`);
}

const titleOf = (roles: ReadonlyMap<string, string>, role: string): string => plain(roles.get(role) ?? role);

/** What an entry needs to go on, or how it is taken back. */
function sayWayBack(entry: PlanEntry, roles: ReadonlyMap<string, string>): string {
  if (entry.kind === 'step') return sayUndo(entry.undo);
  if (entry.kind === 'gate') return `checks of \`${entry.gate}\` must say go`;
  if (entry.kind === 'watch') return 'reads only';
  const who = entry.roles.map((role) => titleOf(roles, role)).join(', ');
  return entry.required ? `waits for ${who}` : `asks ${who}; nobody is waited for`;
}

const rowsOf = ({ entries }: Plan, roles: ReadonlyMap<string, string>): readonly (readonly string[])[] =>
  entries.map((entry, i) => [
    String(i + 1),
    plain(entry.title),
    sayWayBack(entry, roles),
    entry.usualMs === undefined ? '' : `~${sayDuration(entry.usualMs)}`,
    entry.stop === 'safe' ? 'before or after' : entry.stop === 'after' ? 'after it' : 'never',
  ]);

const HEAD = ['#', 'What', 'How it is taken back', 'Usually', 'May be stopped'];

/** The plan of a deploy. */
export const writeDeploy = (
  { name, deploy }: StoryEnvironment,
  roles: ReadonlyMap<string, string>,
): readonly string[] =>
  part(
    `## Deploy to ${plain(name)}`,
    `\`release deploy v{version} --env ${name}\`; \`--plan\` shows it with real names. Users get the version only when it is proven that the new version answers.`,
    '',
    ...writeTable(HEAD, rowsOf(deploy, roles)),
  );

/** Every way back, the one that loses nothing first. */
export const writeWaysBack = (
  { name, ways }: StoryEnvironment,
  roles: ReadonlyMap<string, string>,
): readonly string[] => [
  ...part(
    `## Rollback of ${plain(name)}`,
    `\`release rollback --to v{previous} --env ${name}\`; it waits for no window and no sign-off, and pushes nothing by force.`,
    'A restore keeps the present state under a name of its own, and asks for the rows and minutes that it would take.',
    'Secrets and settings stay as they are; those whose names changed since are named by the plan.',
  ),
  ...ways.flatMap(({ title, plan }) => part(`### ${plain(title)}`, ...writeTable(HEAD, rowsOf(plan, roles)))),
];
