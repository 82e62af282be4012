import { checks } from '../../../../checks/index.ts';
import type { Runbook } from '../../../config/schema/index.ts';
import { CRITERIA } from '../../../domain/go-no-go/criteria.ts';
import { AFTER } from '../../../domain/handoff/after.ts';
import { BEFORE } from '../../../domain/handoff/before.ts';
import { EMERGENCY } from '../../../domain/handoff/emergency.ts';
import { MESSAGE_KINDS } from '../../../domain/message-kinds.ts';
import type { Plan } from '../../../domain/plan.ts';
import type { Answer } from '../../../domain/runbook/rule.ts';
import { TASK_LISTS } from '../../../domain/tasks/task-lists.ts';

const answer = (by: string, ...words: readonly string[]): Answer => ({ by, words: words.join(' ') });

/** Rules, decisions, integrity queries, calls of the smoke scenario: what the file itself brings. */
function ofConfiguration(runbook: Runbook): readonly Answer[] {
  return [
    ...Object.entries(runbook.rules).map(([id, { title }]) => answer(`rule ${id}`, title, id)),
    ...Object.values(runbook.decisions ?? {}).flatMap((decision) =>
      decision === undefined
        ? []
        : [answer('decision', decision.title, ...decision.inputs, ...decision.outcomes)],
    ),
    ...runbook.integrity.map(({ id, title }) => answer(`integrity ${id}`, title)),
    ...(runbook.smoke?.calls ?? []).map(({ id, path }) => answer(`smoke ${id}`, id, path)),
    ...runbook.standUp.map((point) => answer('stand-up', point)),
  ];
}

/** What `prepare`, gates and messages do with the parts that are configured, in the words of people. */
function ofParts({
  source,
  window,
  calendar,
  staffing,
  roles,
  owners,
  decisions,
  links,
}: Runbook): readonly Answer[] {
  const titleOf = (role: string): string => roles[role]?.title ?? role;
  const signers = Object.values(decisions ?? {}).flatMap((one) => one?.roles ?? []);
  return [
    answer('release prepare', 'create release branch from', source.develop),
    answer('release prepare', 'update version numbers in', JSON.stringify(source.versionFiles)),
    answer('release prepare', 'generate', source.changelog, 'from commits; notify team'),
    answer('release prepare', 'tag release candidate'),
    ...(source.freeze ? [answer('source.freeze', 'freeze code changes')] : []),
    ...(window ? [answer('window', 'schedule deployment window days')] : []),
    ...(calendar.freezes.length > 0 ? [answer('calendar', 'freezes, holidays, release calendar')] : []),
    ...(staffing ? [answer('staffing', 'on-call rotation assignments, team members, roles')] : []),
    ...(links.dashboard ? [answer('links.dashboard', 'dashboard links shared')] : []),
    ...[...new Set(signers)].map((role) => answer(`sign-off ${role}`, titleOf(role), 'approval sign-off')),
    ...Object.entries(owners).map(([area, { escalation }]) =>
      answer(`owners.${area}`, 'escalate', area, ...escalation),
    ),
  ];
}

/** Limits by the words that people have for them; each is judged by a check or a rule. */
const ofLimits = (): readonly Answer[] =>
  [
    'API response times P95',
    'page load times P95',
    'database query performance',
    'error rates',
    'payment success rate failures',
    'parity',
    'pass rate',
  ].map((words) => answer('thresholds', 'target', words));

const ofPlan = ({ command, entries }: Plan): readonly Answer[] =>
  entries.map(({ name, title }) => answer(`step ${name} of ${command}`, title, name.replace(/[-:]/g, ' ')));

/** Everything of this program and its configuration that can answer a box of a runbook, by the words of its title. */
export const listAnswers = (runbook: Runbook, plans: readonly Plan[]): readonly Answer[] => [
  ...checks.map(({ id, title }) => answer(`check ${id}`, title, id.replace(/[.-]/g, ' '))),
  ...CRITERIA.map(({ id, text }) => answer(`criterion ${id}`, text)),
  ...[...BEFORE, ...AFTER, ...EMERGENCY].map(({ id, text, group }) => answer(`handoff ${id}`, group, text)),
  ...TASK_LISTS.flatMap(({ tasks }) => tasks.map(({ id, what }) => answer(`task ${id}`, what))),
  ...Object.entries(MESSAGE_KINDS).map(([name, { sentBy }]) =>
    answer(`message ${name}`, 'send', name.replace(/-/g, ' '), sentBy),
  ),
  ...ofConfiguration(runbook),
  ...ofParts(runbook),
  ...ofLimits(),
  ...plans.flatMap(ofPlan),
];
