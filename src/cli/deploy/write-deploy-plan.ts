import type { Plan } from '../../domain/plan.ts';
import { plural } from '../../domain/plural.ts';
import { sayClock } from '../../report/messages/times.ts';
import { writePlan } from '../../report/plan-text.ts';
import type { Wired } from '../wired.ts';

const migrationsOf = (plan: Plan): number =>
  plan.entries.filter((entry) => entry.kind === 'step' && entry.step === 'postgres.migrate').length;

/** How the release would be taken back, in the words of the plan's own undos. */
function sayWayBack(plan: Plan): string {
  if (plan.from === '') return 'not known: no version answered before this deploy';
  const count = migrationsOf(plan);
  const data =
    count === 0 ? 'the database is not changed' : `${plural(count, 'rollback script')} for the database`;
  return `release rollback --to ${plan.from}: the code again, ${data}`;
}

/** What a plan says besides its steps. */
interface Told {
  readonly id: string;
  readonly gate: string;
  readonly at: string;
  /** What decision 1 came to. */
  readonly signed?: string;
}

/** The plan of a deploy as a person reads it before agreeing; `gate` is what the preflight gate said, `at` when it was planned. */
export const writeDeployPlan = (
  plan: Plan,
  { id, gate, at, signed }: Told,
  { runbook, environment, ledger }: Pick<Wired, 'runbook' | 'environment' | 'ledger'>,
): string =>
  writePlan(plan, {
    id,
    address: environment.url.replace(/^https?:\/\//, ''),
    isProtected: environment.protected,
    sandbox: runbook.sandbox,
    above: [
      ['live now', plan.from || 'not known: no version answered'],
      ['gate', gate],
      ...(signed === undefined ? [] : [['decision 1', signed] as const]),
      ['planned', sayClock(at, runbook.timezone)],
      ...runbook.standUp.map((point, i) => [i === 0 ? 'stand-up' : '', point] as const),
    ],
    below: [
      ['way back', sayWayBack(plan)],
      ['ledger', ledger.about.says.replace(/^ledger: /, '')],
    ],
  });
