import { hours } from '../../domain/duration.ts';
import type { OnCallEntry } from '../servers/pagerduty/start.ts';
import { SANDBOX_NAMES } from './write-config.ts';

const WEEK_MS = hours(24 * 7);
const WEEKS = 6;

/** As the runbook of the sandbox calls them: found by name, and by mail address. */
const USERS = {
  first: { id: 'PSANDBOXA', name: 'Alex Example', email: 'alex@example.com' },
  second: { id: 'PSANDBOXB', name: 'Kim Example', email: 'kim@example.com' },
} as const;

/** Weekly shifts of one schedule that begin a week before `now`, and a second one who is on call for good. */
export function listRota(now: Date): readonly OnCallEntry[] {
  const { rota, policy } = SANDBOX_NAMES;
  const start = Math.floor(now.getTime() / WEEK_MS) * WEEK_MS - WEEK_MS;
  const at = (week: number): string => new Date(start + week * WEEK_MS).toISOString();
  const shifts = Array.from({ length: WEEKS }, (_, week) => ({
    ...{ user: USERS.first, schedule: rota, policy, level: 1 },
    ...{ start: at(week), end: at(week + 1) },
  }));
  const always = { user: USERS.second, schedule: null, policy, level: 2, start: null, end: null };
  return [...shifts, always];
}
