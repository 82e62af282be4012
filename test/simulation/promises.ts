import type { LedgerEvent } from '../../src/ledger/event.ts';
import { foldRuns } from '../../src/ledger/fold.ts';
import type { Landing, World } from '../support/engine/world.ts';
import { AT_MOST_ONCE, IN_ORDER, MAY_LAND_LATE, ONCE, PAIRS } from './release-plans.ts';

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

/** Where a step was last recorded as done; -1 for never. */
const lastDone = (events: readonly LedgerEvent[], run: string, step: string): number =>
  events.findLastIndex((event) => event.type === 'step.done' && event.run === run && event.step === step);

/** What a run has held back and never let go, although it was completed. */
const listHeld = (events: readonly LedgerEvent[], run: string): readonly string[] =>
  PAIRS.filter(([held, released]) => lastDone(events, run, held) > lastDone(events, run, released)).map(
    ([held]) => `${held} of ${run} was never undone`,
  );

/** What happened in a run before something that comes first, where both happened. */
const listOvertaken = ({ landings }: World, run: string): readonly string[] =>
  IN_ORDER.flatMap((order) => {
    const first = order.map((step) => landings.findIndex((one) => one.run === run && one.step === step));
    const seen = first.filter((at) => at >= 0);
    return seen.every((at, i) => i === 0 || at > (seen[i - 1] as number))
      ? []
      : [`${order.join(', ')} of ${run} did not happen in this order`];
  });

/** What is wrong at the end, when nothing is on its way any more. */
export function judgeEnd(events: readonly LedgerEvent[], world: World, goesBack: boolean): readonly string[] {
  const runs = foldRuns(events);
  const wrongs = runs.flatMap(({ run, end, plan }) => {
    const due = ONCE[plan.command === 'rollback' ? 'rollback' : 'deploy'];
    const often = [...due, ...AT_MOST_ONCE].filter((step) => world.count(step, run) > 1);
    const lost = end === 'completed' ? due.filter((step) => world.count(step, run) === 0) : [];
    return [
      ...(end === 'completed' ? listHeld(events, run) : []),
      ...listOvertaken(world, run),
      ...often.map((step) => `${step} of ${run} happened ${world.count(step, run)} times`),
      ...lost.map((step) => `${step} of ${run} is recorded and did not happen`),
    ];
  });
  const wanted = goesBack ? ['deploy', 'rollback'] : ['deploy'];
  const isDone = runs.some(({ end, plan }) => end === 'completed' && wanted.includes(plan.command));
  return isDone ? wrongs : [...wrongs, 'no run was completed'];
}
