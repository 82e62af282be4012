import type { Member } from '../domain/staffing/member.ts';
import { readDays } from './make-schedule.ts';
import type { Runbook } from './schema/index.ts';

/** The people of the runbook with their hours; hours without a zone are meant in that of the runbook. */
export const makeRoster = ({ people, timezone }: Pick<Runbook, 'people' | 'timezone'>): readonly Member[] =>
  Object.values(people).map(({ name, email, roles, hours, away = [] }) => ({
    name,
    email,
    roles,
    hours: hours?.map((one) => ({ ...one, days: readDays(one.days), zone: one.zone ?? timezone })),
    away,
    zone: timezone,
  }));
