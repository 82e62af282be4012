import type { Span } from '../../domain/calendar/calendar.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { notConfigured } from '../../domain/not-configured.ts';
import type { Surroundings } from '../surroundings.ts';
import { askOnCalls, type OnCallPage } from './call.ts';
import type { PagerDutyPort, Shift } from './port.ts';

type Settings = NonNullable<Surroundings['runbook']['services']['pagerduty']>;
type Duty = Settings['roles'][string];

const PAGE = 100;
/** So many shifts a day is no rota that anybody could read. */
const MOST_PAGES = 20;

function settingsOf({ runbook }: Surroundings): Settings {
  const settings = runbook.services.pagerduty;
  if (settings !== undefined) return settings;
  throw notConfigured('services.pagerduty');
}

function dutyOf({ roles }: Settings, role: string): Duty {
  const duty = Object.hasOwn(roles, role) ? roles[role] : undefined;
  if (duty !== undefined) return duty;
  throw new ReleaseError('E_NOT_CONFIGURED', {
    what: `services.pagerduty.roles does not say who is on call as ${role.slice(0, 60)}.`,
    next: `Name its schedule: services.pagerduty.roles.${role.slice(0, 60)}.schedule`,
    state: 'untouched',
  });
}

const tooMany = (role: string): ReleaseError =>
  new ReleaseError('E_PAGERDUTY_REFUSED', {
    what: `PagerDuty tells of more than ${PAGE * MOST_PAGES} shifts of ${role}.`,
    why: 'Who is on call is not known before all of them are read.',
    next: 'Name a schedule of this role alone under services.pagerduty.roles.',
    state: 'untouched',
  });

function makeQuery(duty: Duty, { from, to }: Span, offset: number): URLSearchParams {
  const [filter, id] =
    'schedule' in duty
      ? (['schedule_ids[]', duty.schedule] as const)
      : (['escalation_policy_ids[]', duty.policy] as const);
  return new URLSearchParams([
    [filter, id],
    ['since', new Date(from).toISOString()],
    ['until', new Date(to).toISOString()],
    ['time_zone', 'UTC'],
    // Without it a user is a reference that has no mail address.
    ['include[]', 'users'],
    ['limit', String(PAGE)],
    ['offset', String(offset)],
  ]);
}

/** A permanent entry has neither end; one without a person pages nobody. */
function readShift({ user, start, end }: OnCallPage['oncalls'][number]): readonly Shift[] {
  if (!user) return [];
  return [
    {
      id: user.id,
      name: user.name ?? user.summary ?? user.id,
      ...(user.email ? { email: user.email } : {}),
      from: start ? Date.parse(start) : Number.NEGATIVE_INFINITY,
      to: end ? Date.parse(end) : Number.POSITIVE_INFINITY,
    },
  ];
}

/** Of a policy those who are paged at the wanted level; a schedule pages everybody who is in it. */
const isAsked = (duty: Duty, { escalation_level: level }: OnCallPage['oncalls'][number]): boolean =>
  'schedule' in duty || level === duty.level;

/** PagerDuty by REST v2 (`GET /oncalls`): read only, page by page, and never half of it. */
export const makePagerDuty = (surroundings: Surroundings): PagerDutyPort => ({
  listShifts: async (role, span, signal) => {
    const settings = settingsOf(surroundings);
    const duty = dutyOf(settings, role);
    const found: Shift[] = [];
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = makeQuery(duty, span, page * PAGE);
      const { oncalls, more } = await askOnCalls(surroundings, settings, query, signal);
      found.push(...oncalls.filter((one) => isAsked(duty, one)).flatMap(readShift));
      if (!more) return found;
    }
    throw tooMany(role);
  },
});
