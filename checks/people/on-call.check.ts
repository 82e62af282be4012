import type { Span } from '../../src/domain/calendar/calendar.ts';
import { sayMoment } from '../../src/domain/calendar/say-moment.ts';
import { cutOut } from '../../src/domain/calendar/spans.ts';
import { findKnown } from '../../src/domain/staffing/find-known.ts';
import { defineCheck, type Judgement, type Runbook } from '../../src/kit.ts';
import type { Shift } from '../../src/services/pagerduty/port.ts';
import { findDuty } from './find-duty.ts';

/** The rota of each role, for as long as a release may have to be taken back. */
interface Rota {
  readonly duty: Span;
  readonly roles: readonly { readonly role: string; readonly shifts: readonly Shift[] }[];
}

const titleOf = (role: string, { roles }: Runbook): string => roles[role]?.title ?? role;

function sayGaps(role: string, gaps: readonly Span[], duty: Span, runbook: Runbook): string {
  const zone = runbook.timezone;
  const [first] = gaps;
  if (gaps.length === 1 && first?.from === duty.from && first.to === duty.to)
    return `${titleOf(role, runbook)}: nobody until ${sayMoment(duty.to, zone)}`;
  const said = gaps.map(({ from, to }) => `from ${sayMoment(from, zone)} to ${sayMoment(to, zone)}`);
  return `${titleOf(role, runbook)}: nobody ${said.join(' and ')}`;
}

/** Who is paged and whom the runbook does not know, each once. */
function listStrangers({ roles }: Rota, { people }: Runbook): readonly string[] {
  const shifts = roles.flatMap((one) => one.shifts);
  const strange = shifts.filter((shift) => findKnown(Object.values(people), shift) === undefined);
  return [...new Map(strange.map(({ id, name }) => [id, name])).values()];
}

function judgeRota(rota: Rota, runbook: Runbook): Judgement {
  const { duty, roles } = rota;
  const open = roles
    .map(({ role, shifts }) => ({ role, gaps: cutOut([duty], shifts) }))
    .filter(({ gaps }) => gaps.length > 0);
  if (open.length > 0)
    return {
      outcome: 'fail',
      said: open.map(({ role, gaps }) => sayGaps(role, gaps, duty, runbook)).join('; '),
      // A gap that the end of the duty cuts off grows with every minute: a waiver counts for where it begins.
      about: open.map(({ role, gaps }) => [role, gaps.map(({ from }) => (from === duty.from ? null : from))]),
      remedy: 'Fill the gap in PagerDuty, by an override for example, or put the release off.',
    };
  const covered = roles.map(({ role }) => titleOf(role, runbook)).join(', ');
  const said = `on call until ${sayMoment(duty.to, runbook.timezone)}: ${covered}`;
  const strangers = listStrangers(rota, runbook);
  if (strangers.length === 0) return { outcome: 'pass', said };
  return {
    outcome: 'warn',
    said: `${said}; not known to the runbook: ${strangers.join(', ')}`,
    remedy:
      'Name them under people, with their id at PagerDuty or their mail address: no message mentions them.',
  };
}

/** What stands in the runbook is a plan; whom a page wakes stands in PagerDuty (E-10). */
export default defineCheck<'pagerduty', Rota>({
  id: 'people.on-call',
  title: 'Somebody is on call without a gap until nothing has to be taken back',
  runbook: ['PRE-31', 'GO-07', 'OWN-08'],
  gates: ['preflight'],
  releaseOnly: true,
  needs: ['pagerduty'],
  timeoutMs: 60_000,
  probe: async ({ pagerduty }, { now, runbook }) => {
    const duty = findDuty(runbook, now.getTime());
    const asked = Object.keys(runbook.services.pagerduty?.roles ?? {});
    const roles = asked.map(async (role) => ({ role, shifts: await pagerduty.listShifts(role, duty) }));
    return { duty, roles: await Promise.all(roles) };
  },
  judge: (rota, { runbook }) => judgeRota(rota, runbook),
});
