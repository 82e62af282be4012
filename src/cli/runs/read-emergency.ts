import { makeRoster } from '../../config/make-roster.ts';
import type { Environment, Runbook } from '../../config/schema/index.ts';
import type { Plan, PlannedStep } from '../../domain/plan.ts';
import { listHops } from '../../domain/staffing/list-callers.ts';
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

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The same call as the program makes, for a terminal. The token stands there as the name of its variable. */
function lineOf(hook: Hook, { url }: Environment): string {
  if ('command' in hook) return hook.command;
  const { method, path, token, json } = hook;
  return [
    `curl -fsS -X ${method}`,
    ...(token === undefined ? [] : [`-H "Authorization: Bearer $${token.replace(/^\$/, '')}"`]),
    ...(json === undefined ? [] : [`-H 'Content-Type: application/json' -d ${quote(JSON.stringify(json))}`]),
    quote(new URL(path, url).href),
  ].join(' ');
}

function listByHand(
  plan: Plan,
  state: RunState | undefined,
  environment: Environment | undefined,
): Emergency['byHand'] {
  if (environment === undefined) return [];
  const isDone = (name: string): boolean => state?.entries[name]?.state === 'done';
  const has = (name: string): boolean => plan.entries.some((entry) => entry.name === name);
  const { maintenance, jobs } = environment;
  return [
    ...(maintenance && has('maintenance-off') && !isDone('maintenance-off')
      ? [
          {
            says: 'let users in again, once the application is good',
            line: lineOf(maintenance.off, environment),
          },
        ]
      : []),
    ...(jobs && has('resume-jobs') && !isDone('resume-jobs')
      ? [{ says: 'start background jobs again', line: lineOf(jobs.resume, environment) }]
      : []),
  ];
}

/** What stands and what does not, whom to call, and what can be done by hand. `isPrivate`: phone numbers may be shown. */
export const readEmergency = (
  plan: Plan,
  state: RunState | undefined,
  { runbook, now, isPrivate }: { readonly runbook: Runbook; readonly now: Date; readonly isPrivate: boolean },
): Emergency => ({
  ...sortEffects(plan, state),
  call: listCalls(runbook, plan.env, now, isPrivate),
  byHand: listByHand(plan, state, runbook.environments[plan.env]),
});
