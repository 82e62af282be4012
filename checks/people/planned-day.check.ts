import { dateAt, daysBetween } from '../../src/domain/calendar/dates.ts';
import { sayDayOf } from '../../src/domain/calendar/say-moment.ts';
import { plural } from '../../src/domain/plural.ts';
import { defineCheck, type Judgement, type Policy, ReleaseError } from '../../src/kit.ts';

/** What the record of preparations says; `unread`: why nobody could look. */
interface Told {
  readonly day?: string;
  readonly unread?: string;
}

const toldIn = ({ facts }: Pick<Policy, 'facts'>): Told | undefined => facts.plannedDay as Told | undefined;

const todayOf = ({ now, runbook }: Pick<Policy, 'now' | 'runbook'>): string =>
  dateAt(now.getTime(), runbook.window?.zone ?? runbook.timezone);

/** Only where the runbook asks for one. */
function judgeNone(version: string): Judgement {
  return {
    outcome: 'fail',
    holds: true,
    said: 'no day is planned, and calendar.plannedDay requires one',
    remedy: `release prepare ${version} --for 2026-12-08, with the day`,
    about: { day: null },
  };
}

/** People who test, sign and stand by count on the day: earlier is for them to agree to, later is told. */
function judgeDay(day: string, today: string, version: string): Judgement {
  const away = daysBetween(today, day);
  const planned = `planned for ${sayDayOf(day)}`;
  const move = `release prepare ${version} --for <day>`;
  if (away === 0) return { outcome: 'pass', said: `${planned}, which is today` };
  if (away > 0)
    return {
      outcome: 'fail',
      holds: true,
      said: `${planned}: today is ${plural(away, 'day')} earlier`,
      remedy: `Wait for it, plan another day (${move}), or go out today all the same: --waive people.planned-day --reason "…"`,
      about: { day },
    };
  return {
    outcome: 'warn',
    said: `${planned}, ${plural(-away, 'day')} ago`,
    remedy: `Plan the day anew, so that status and messages name it: ${move}`,
    about: { day },
  };
}

/** PRE-33: the days from T-7 on are laid out for one day; a release on another finds work undone and people away. */
export default defineCheck<never, Told>({
  id: 'people.planned-day',
  title: 'Today is the planned day of the release',
  runbook: ['PRE-33'],
  gates: ['preflight'],
  needs: [],
  absent: ({ facts, release, runbook, environment }) => {
    if (release === undefined) return 'no version was named';
    if (!environment.protected) return 'only protected environments have a day';
    if (release.from === release.version) return `${release.version} is live`;
    const told = toldIn({ facts });
    const isOpen = told === undefined || (told.day === undefined && told.unread === undefined);
    return isOpen && runbook.calendar.plannedDay === 'optional' ? 'no day is planned' : undefined;
  },
  probe: async (_, scope) => {
    const told = toldIn(scope);
    if (told !== undefined && told.unread === undefined) return told;
    throw new ReleaseError('E_LEDGER_UNREADABLE', {
      what: told?.unread ?? 'The ledger was not read.',
      why: 'The planned day stands in the record of preparations.',
      next: 'release status says what is wrong with it.',
      state: 'untouched',
    });
  },
  judge: ({ day }, policy) => {
    const version = policy.release?.version ?? '';
    return day === undefined ? judgeNone(version) : judgeDay(day, todayOf(policy), version);
  },
});
