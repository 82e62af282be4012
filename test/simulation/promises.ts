import type { LedgerEvent } from '../../src/ledger/event.ts';
import { foldRuns } from '../../src/ledger/fold.ts';
import type { Landing, World } from '../support/engine/world.ts';
import { AT_MOST_ONCE, MAY_LAND_LATE, ONCE } from './release-plans.ts';

/** What is wrong with a landing at its moment: somebody with a later right had already acted. */
export function judgeLanding(
  { run, step, epoch }: Landing,
  events: readonly LedgerEvent[],
  world: World,
): readonly string[] {
  const hasMovedOn = (event: LedgerEvent): boolean =>
    event.run === run && event.step === step && event.epoch > epoch && event.type !== 'step.doubt';
  const isLate = events.some(hasMovedOn) && !MAY_LAND_LATE.includes(step);
  const isOvertaken =
    ONCE.deploy.includes(step) &&
    world.landings.some((one) => ONCE.rollback.includes(one.step) && one.epoch > epoch);
  return [
    ...(isLate ? [`${step} of a fenced process landed`] : []),
    ...(isOvertaken ? [`${step} landed on top of the rollback`] : []),
  ];
}

/** What is wrong at the end, when nothing is on its way any more. */
export function judgeEnd(events: readonly LedgerEvent[], world: World, goesBack: boolean): readonly string[] {
  const runs = foldRuns(events);
  const wrongs = runs.flatMap(({ run, end, plan }) => {
    const due = ONCE[plan.command === 'rollback' ? 'rollback' : 'deploy'];
    const often = [...due, ...AT_MOST_ONCE].filter((step) => world.count(step, run) > 1);
    const lost = end === 'completed' ? due.filter((step) => world.count(step, run) === 0) : [];
    return [
      ...often.map((step) => `${step} of ${run} happened ${world.count(step, run)} times`),
      ...lost.map((step) => `${step} of ${run} is recorded and did not happen`),
    ];
  });
  const wanted = goesBack ? ['deploy', 'rollback'] : ['deploy'];
  const isDone = runs.some(({ end, plan }) => end === 'completed' && wanted.includes(plan.command));
  return isDone ? wrongs : [...wrongs, 'no run was completed'];
}
