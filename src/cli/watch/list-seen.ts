import type { Watch } from '../../domain/watch/fold.ts';
import type { Seen } from '../../report/watch-screen/make-metrics.ts';

/** Every rule with how it stands now. */
export function listSeen(watch: Watch): readonly Seen[] {
  const views = watch.view();
  return watch.states.flatMap((state, i) => {
    const view = views[i];
    return view === undefined ? [] : [{ state, view }];
  });
}
