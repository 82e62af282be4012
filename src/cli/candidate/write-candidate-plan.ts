import type { Plan } from '../../domain/plan.ts';
import type { CandidateFacts } from '../../plans/plan-candidate.ts';
import { sayClock } from '../../report/messages/times.ts';
import { writePlan } from '../../report/plan-text.ts';
import type { Wired } from '../wired.ts';

type Line = readonly [string, string];

const MOST_COMMITS = 5;

/** What becomes of the environment's branch, and which commits nobody finds there any more. */
function sayBranch({ move, commit, follows }: CandidateFacts): Line[] {
  if (follows !== undefined)
    return [['branch', `${follows} is there already; the platform publishes its tip`]];
  if (move === undefined) return [];
  const { branch, from, leaves } = move;
  const to = commit.slice(0, 7);
  if (from === null) return [['branch', `${branch} is made, at ${to}`]];
  if (leaves.length === 0) return [['branch', `${branch} goes forward from ${from.slice(0, 7)} to ${to}`]];
  const more = leaves.length > MOST_COMMITS ? [`and ${leaves.length - MOST_COMMITS} more`] : [];
  return [
    [
      'branch',
      `${branch} is set from ${from.slice(0, 7)} to ${to}, NOT FORWARD; refused if it moved meanwhile`,
    ],
    ...[...leaves.slice(0, MOST_COMMITS), ...more].map((line) => ['', `leaves it: ${line}`] as const),
  ];
}

function sayWayBack({ from, version }: CandidateFacts, env: string): string {
  if (from === version) return 'none is needed: it runs there already, and is tried anew';
  return from === '' ? 'not known: no version answered before' : `release rollback --to ${from} --env ${env}`;
}

/** The plan of a candidate's deploy as a person reads it before agreeing. */
export function writeCandidatePlan(
  plan: Plan,
  facts: CandidateFacts,
  { id, gate }: { readonly id: string; readonly gate: string },
  { runbook, env, environment, ledger }: Pick<Wired, 'runbook' | 'env' | 'environment' | 'ledger'>,
): string {
  const at = sayClock(facts.at, runbook.timezone);
  return writePlan(plan, {
    id,
    address: environment.url.replace(/^https?:\/\//, ''),
    isProtected: environment.protected,
    sandbox: runbook.sandbox,
    above: [
      [
        'candidate',
        `${facts.version} is ${facts.commit.slice(0, 12)}; nothing is merged, tagged or announced`,
      ],
      ['live now', facts.from || 'not known: no version answered'],
      ...sayBranch(facts),
      ['gate', gate],
      ['planned', at],
    ],
    below: [
      ['way back', sayWayBack(facts, env)],
      ['ledger', ledger.about.says.replace(/^ledger: /, '')],
    ],
  });
}
