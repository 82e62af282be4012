import { makeRoster } from '../../config/make-roster.ts';
import type { Environment, Runbook } from '../../config/schema/index.ts';
import type { Plan, PlannedStep } from '../../domain/plan.ts';
import { listHops } from '../../domain/staffing/list-callers.ts';
import { findJobsPausedSince, findMaintenanceSince } from '../../ledger/find-held.ts';
import type { RunState } from '../../ledger/fold.ts';
import type { Emergency } from '../../report/emergency-text.ts';

const isEffect = (entry: Plan['entries'][number]): entry is PlannedStep =>
  entry.kind === 'step' && entry.effect !== 'read';

function sortEffects(
  plan: Plan,
  state: RunState | undefined,
): Pick<Emergency, 'done' | 'failed' | 'inDoubt' | 'open'> {
  const effects = plan.entries.filter(isEffect);
  const standing = (entry: PlannedStep) => state?.entries[entry.name]?.state;
  const titles = (wanted: (at: ReturnType<typeof standing>) => boolean): readonly string[] =>
    effects.filter((entry) => wanted(standing(entry))).map((entry) => entry.title);
  return {
    done: titles((at) => at === 'done'),
    failed: titles((at) => at === 'failed'),
    inDoubt: titles((at) => at === 'intent'),
    open: titles((at) => at === undefined || at === 'warned'),
  };
}

function listCalls(runbook: Runbook, env: string, now: Date, isPrivate: boolean): Emergency['call'] {
  const roster = makeRoster(runbook);
  const people = Object.values(runbook.people);
  const path = runbook.owners[env]?.escalation ?? [];
  return listHops(path, roster, now.getTime()).map(({ role, member, reachable }) => {
    const title = runbook.roles[role]?.title ?? role;
    const phone = isPrivate ? people.find(({ name }) => name === member?.name)?.phone : undefined;
    return { name: member?.name ?? title, title, away: !reachable, ...(phone ? { phone } : {}) };
  });
}

type Hook = NonNullable<Environment['maintenance']>['off'];

/** Where the program itself would carry it out. */
interface Place {
  readonly root: string;
  readonly env: string;
}

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The same call as the program makes, for a terminal. The token stands there as the name of its variable. */
function lineOf(hook: Hook, { url }: Environment, { root, env }: Place): string {
  if ('command' in hook) return `cd ${quote(root)} && export RELEASE_ENV=${quote(env)} && ${hook.command}`;
  const { method, path, token, json } = hook;
  return [
    `curl -gfsS -X ${method}`,
    ...(token === undefined ? [] : [`-H "Authorization: Bearer $${token.replace(/^\$/, '')}"`]),
    `-H 'Content-Type: application/json' -d ${quote(JSON.stringify(json ?? {}))}`,
    quote(new URL(path, url).href),
  ].join(' ');
}

function listByHand(
  state: RunState | undefined,
  environment: Environment | undefined,
  place: Place,
): Emergency['byHand'] {
  if (environment === undefined || state === undefined) return [];
  const { maintenance, jobs } = environment;
  const isOut = findMaintenanceSince([state]) !== undefined;
  const letIn = 'let users in again, once the application is good';
  return [
    ...(maintenance && isOut ? [{ says: letIn, line: lineOf(maintenance.off, environment, place) }] : []),
    ...(jobs && findJobsPausedSince([state]) !== undefined
      ? [{ says: 'start background jobs again', line: lineOf(jobs.resume, environment, place) }]
      : []),
  ];
}

interface Wanted {
  readonly runbook: Runbook;
  /** Folder of the configuration. */
  readonly root: string;
  readonly now: Date;
  /** Phone numbers may be shown. */
  readonly isPrivate: boolean;
}

/** What stands and what does not, whom to call, and what can be done by hand. */
export const readEmergency = (
  plan: Plan,
  state: RunState | undefined,
  { runbook, root, now, isPrivate }: Wanted,
): Emergency => ({
  ...sortEffects(plan, state),
  call: listCalls(runbook, plan.env, now, isPrivate),
  byHand: listByHand(state, runbook.environments[plan.env], { root, env: plan.env }),
});
