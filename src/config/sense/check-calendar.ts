import { spanOfFreeze } from '../../domain/calendar/freezes.ts';
import { makeCalendar } from '../make-schedule.ts';
import type { Runbook } from '../schema/index.ts';
import type { Remark } from './remark.ts';

const minutesOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
};

function checkWindow({ window }: Runbook): Remark[] {
  if (window === undefined) return [];
  const lasts = minutesOf(window.to) - minutesOf(window.from);
  if (lasts <= 0) return [{ path: ['window', 'to'], message: 'the window ends before it begins' }];
  if (window.lastStartBefore <= lasts) return [];
  const message = `no start fits: the window lasts ${lasts} minutes and a run needs ${window.lastStartBefore}`;
  return [{ path: ['window', 'lastStartBefore'], message }];
}

const checkFreezes = (runbook: Runbook): Remark[] =>
  makeCalendar(runbook).freezes.flatMap((freeze, i) => {
    const { from, to } = spanOfFreeze(freeze);
    const path = ['calendar', 'freezes', i, 'to'];
    return from < to ? [] : [{ path, message: 'the freeze ends before it begins' }];
  });

const checkAway = ({ people }: Runbook): Remark[] =>
  Object.entries(people).flatMap(([key, { away = [] }]) =>
    away.flatMap(({ from, to }, i) =>
      from <= to
        ? []
        : [{ path: ['people', key, 'away', i, 'to'], message: 'the last day is before the first' }],
    ),
  );

function checkHours({ window }: Runbook): Remark[] {
  const [least, most] = window?.postponeHours ?? [0, 0];
  const message = 'the second number must not be below the first';
  return least <= most ? [] : [{ path: ['window', 'postponeHours'], message }];
}

/** Days and times that contradict each other. */
export const checkCalendar = (runbook: Runbook): Remark[] => [
  ...checkWindow(runbook),
  ...checkHours(runbook),
  ...checkFreezes(runbook),
  ...checkAway(runbook),
];
