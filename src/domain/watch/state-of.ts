import type { Watch } from './fold.ts';
import type { WatchState } from './headline.ts';
import { isKnown } from './is-all-known.ts';
import { isWorse } from './rule.ts';
import type { RuleView } from './view-rule.ts';

const isGrave = ({ building }: RuleView): boolean => building !== undefined && isWorse(building.level, 'P3');

/** How a watch stands at the last moment that was judged. `doubt`: why nobody knows which version that was. */
export function stateOf(watch: Watch, doubt: string | undefined): WatchState {
  const views = watch.view();
  const lacks = watch.states.filter(
    (state) => !isKnown(state) || (state.level === 'hold' && state.worst === undefined),
  );
  return {
    level: watch.level(),
    above: views.filter(({ fired }) => fired !== undefined).map(({ id }) => id),
    building: watch.isBuilding() ? views.filter(isGrave).map(({ id }) => id) : [],
    unknown: lacks.map(({ rule }) => rule.id),
    doubt: doubt ?? null,
  };
}
