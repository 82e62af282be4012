import { DateTime } from 'luxon';
import { type DeployWindow, findNextOpening, isInsideWindow, minutesLeft } from '../../src/domain/window.ts';
import { defineCheck, type Runbook } from '../../src/kit.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const windowOf = (runbook: Runbook): DeployWindow | undefined =>
  runbook.window && {
    days: runbook.window.days.map((day) => DAYS.indexOf(day) + 1),
    from: runbook.window.from,
    to: runbook.window.to,
    zone: runbook.window.zone ?? runbook.timezone,
  };

const say = (at: Date, zone: string): string =>
  DateTime.fromJSDate(at).setZone(zone).toFormat('ccc d LLL HH:mm ZZZZ');

/** A start so late that the run cannot end inside the window is refused like one outside of it (E-05). */
export default defineCheck({
  id: 'people.window-open',
  title: 'Deployment window is open for long enough',
  runbook: 'PRE-25',
  gates: ['preflight'],
  needs: [],
  absent: ({ runbook }) => (runbook.window ? undefined : 'no window is configured'),
  probe: async (_services, { now }) => ({ at: now }),
  judge: ({ at }, { runbook }) => {
    const window = windowOf(runbook);
    if (window === undefined) return { outcome: 'skip', said: 'no window is configured' };
    const next = findNextOpening(window, at);
    const remedy = `${next ? `Next window: ${say(next, window.zone)}. ` : ''}Emergency: --waive people.window-open --reason "…"`;
    if (!isInsideWindow(window, at)) {
      return {
        outcome: 'fail',
        said: `it is ${say(at, window.zone)}; the window is ${runbook.window?.days.join(', ')} ${window.from}–${window.to}`,
        remedy,
      };
    }
    const left = minutesLeft(window, at) ?? 0;
    const needed = runbook.window?.lastStartBefore ?? 0;
    return left >= needed
      ? { outcome: 'pass', said: `open for ${left} min` }
      : { outcome: 'fail', said: `closes in ${left} min, a release needs ${needed}`, remedy };
  },
});
