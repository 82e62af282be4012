import { minutes } from '../../domain/duration.ts';
import type { JsonObject } from '../../domain/json.ts';
import { makeChange } from '../../domain/watch/change.ts';
import type { WatchState } from '../../domain/watch/headline.ts';
import type { RuleState } from '../../domain/watch/judge-rule.ts';
import { stateOf } from '../../domain/watch/state-of.ts';
import { listReasons } from '../../report/watch-unknown.ts';
import type { Live } from './live.ts';

/** Rules that come and go fill no ledger: how it stands is recorded at most so often. */
const PACE_MS = minutes(1);

const isOpen = ({ level }: RuleState): boolean => level !== 'ok';

const whyOf = (state: RuleState): string | null =>
  state.worst === undefined ? listReasons(state).join('; ') : null;

/** A rule that is not well, as a change of it would be recorded; with why, where nothing says a reading. */
const standingOf = (state: RuleState, at: number): JsonObject => ({
  ...makeChange(state, at),
  why: whyOf(state),
});

const signOf = (open: readonly RuleState[], { building, doubt }: WatchState): string =>
  [
    ...open.map((state) => `${state.rule.id} ${state.level} ${state.worst?.band.row ?? whyOf(state)}`),
    `building: ${building.join(' ')}; doubt: ${doubt ?? ''}`,
  ].join(', ');

/**
 * Records how the rules stand whenever that is not as it was recorded last, the first time when a watch has measured for a minute:
 * whoever asks why it holds, or whether anything is known at all, need not sit at the screen (`release status --why`).
 */
export function makeStandingNotes(live: Live): (at: number) => void {
  const { recorder, run, watched, watch, began } = live;
  let last: string | undefined;
  let next = began + PACE_MS;
  let nth = 0;
  return (at) => {
    if (at < next) return;
    const open = watch.states.filter(isOpen);
    const state = stateOf(watch, live.doubt);
    const sign = signOf(open, state);
    if (sign === last) return;
    last = sign;
    next = at + PACE_MS;
    nth += 1;
    const data = {
      version: watched.version,
      level: state.level,
      rules: open.map((one) => standingOf(one, at)),
      building: state.building,
      doubt: state.doubt,
    };
    recorder.event({ id: `${run}:stood:${nth}`, run, type: 'watch.stood', data });
  };
}
