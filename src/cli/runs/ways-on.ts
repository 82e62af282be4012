import type { Plan } from '../../domain/plan.ts';
import type { Ending } from './judge-ending.ts';

/** The exact command lines that go on from a run's end, most likely first (ux 2.4). */
export function waysOn({ command, env, version, from }: Plan, { verdict }: Ending): readonly string[] {
  const back = from === '' || from === version ? [] : [`release rollback --to ${from} --env ${env}`];
  if (verdict === 'completed')
    return command === 'deploy' ? [`release status --env ${env}`, ...back] : [`release status --env ${env}`];
  if (verdict === 'fenced') return [`release status --env ${env}`];
  const resume = `release ${command} --resume --env ${env}`;
  if (command !== 'deploy') return [resume, `release status --env ${env}`];
  return [resume, ...back, `release deploy --abandon --env ${env} --reason "…"`];
}

/** The line that carries out the entry behind `at`; without `at` the first one. */
export function stepOn({ entries, env }: Plan, run: string, at: string | undefined): readonly string[] {
  const next = entries[entries.findIndex(({ name }) => name === at) + 1];
  return next === undefined ? [] : [`release step run ${run} ${next.name} --env ${env}`];
}
