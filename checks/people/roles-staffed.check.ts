import { makeDecisionRule } from '../../src/config/make-decision-rule.ts';
import { makeRoster } from '../../src/config/make-roster.ts';
import { hasKey } from '../../src/domain/approvals/has-key.ts';
import { isReview, REVIEWS } from '../../src/domain/approvals/review.ts';
import type { DecisionRule } from '../../src/domain/approvals/rule.ts';
import { sayUnsignable } from '../../src/domain/approvals/say-unsignable.ts';
import type { Span } from '../../src/domain/calendar/calendar.ts';
import { sayMoment } from '../../src/domain/calendar/say-moment.ts';
import { hours } from '../../src/domain/duration.ts';
import type { Json } from '../../src/domain/json.ts';
import { findGaps, isReachable } from '../../src/domain/staffing/list-reachable.ts';
import type { Member } from '../../src/domain/staffing/member.ts';
import { defineCheck, type Judgement, type Runbook } from '../../src/kit.ts';
import { findDuty } from './find-duty.ts';

/** How far a gap is followed beyond the duty that it was found in. */
const LOOK_ROUND_MS = hours(14 * 24);

/** What is open: in words, and as that by which a waiver knows it again. */
interface Open {
  readonly said: string;
  readonly about: Json;
}

/**
 * The gaps of a duty as they are beyond it: a duty begins anew with every minute, and cuts each at another moment. What
 * goes on for longer than we look round has no moment at that end.
 */
function wholeGaps(people: readonly Member[], duty: Span): Json {
  const around = { from: duty.from - LOOK_ROUND_MS, to: duty.to + LOOK_ROUND_MS };
  return findGaps(people, around)
    .filter(({ from, to }) => from < duty.to && to > duty.from)
    .map(({ from, to }) => [from === around.from ? null : from, to === around.to ? null : to]);
}

function findOpen(role: string, { roles, timezone }: Runbook, roster: readonly Member[], duty: Span): Open[] {
  const able = [role, roles[role]?.standIn].filter((one) => one !== undefined);
  const people = roster.filter((one) => one.roles.some((held) => able.includes(held)));
  if (people.length === 0) return [same(`${role}: nobody is named`)];
  const gaps = findGaps(people, duty);
  if (gaps.length === 0) return [];
  const say = ({ from, to }: Span) => `from ${sayMoment(from, timezone)} to ${sayMoment(to, timezone)}`;
  return [{ said: `${role}: nobody ${gaps.map(say).join(' and ')}`, about: [role, wholeGaps(people, duty)] }];
}

const same = (said: string): Open => ({ said, about: said });

/** Rollback roles that have nobody for part of the time; whoever stands in for one counts as well. */
const findUnstaffed = (runbook: Runbook, roster: readonly Member[], duty: Span): Open[] =>
  (runbook.staffing?.rollbackRoles ?? []).flatMap((role) => findOpen(role, runbook, roster, duty));

const POINTS = [1, 2, 3, 4, ...REVIEWS] as const;

const needsKey = ({ least }: DecisionRule, role: string): boolean => least.get(role) === 'ssh-signed';

const asksForKeys = (runbook: Runbook): boolean =>
  POINTS.some((point) => {
    const rule = makeDecisionRule(runbook, point);
    return rule?.roles.some((role) => needsKey(rule, role));
  });

/** Allowed signers as main has them; empty where it has none. */
interface Found {
  readonly at: Date;
  readonly allowed?: string;
}

/** Who has to sign with a key, and has none that counts. */
function sayKeyless(rule: DecisionRule, members: readonly Member[], { at, allowed }: Found) {
  if (allowed === undefined) return undefined;
  const isKeyless = ({ email }: Member): boolean => email === undefined || !hasKey(allowed, email, at);
  const able = members.map((one) =>
    isKeyless(one) ? { ...one, roles: one.roles.filter((role) => !needsKey(rule, role)) } : one,
  );
  if (sayUnsignable(rule, able) === undefined) return undefined;
  const names = members
    .filter((one, i) => able[i] !== one && one.roles.some((role) => rule.roles.includes(role)))
    .map(({ name }) => name);
  return `no key of ${names.join(', ')} among the allowed signers`;
}

/** A decision or a review that could never be signed as the runbook asks for. */
function findUnsigned(runbook: Runbook, roster: readonly Member[], duty: Span, found: Found): Open[] {
  const present = roster.filter((one) => isReachable(one, duty.from));
  return POINTS.flatMap((point) => {
    const rule = makeDecisionRule(runbook, point);
    const said = rule && (sayUnsignable(rule, present) ?? sayKeyless(rule, present, found));
    return said === undefined ? [] : [same(`${isReview(point) ? 'review' : 'decision'} ${point}: ${said}`)];
  });
}

function judgeStaffing(runbook: Runbook, found: Found): Judgement {
  const roster = makeRoster(runbook);
  const duty = findDuty(runbook, found.at.getTime());
  const open = [...findUnstaffed(runbook, roster, duty), ...findUnsigned(runbook, roster, duty, found)];
  const until = sayMoment(duty.to, runbook.timezone);
  if (open.length > 0)
    return {
      outcome: 'fail',
      said: open.map((one) => one.said).join('; '),
      about: open.map((one) => one.about),
      remedy:
        'Name somebody under people, give the role a standIn, put a missing key into approvals.allowedSigners on main, or put the release off. A team of one says so: staffing.singleOperator: true',
    };
  if (runbook.staffing?.singleOperator)
    return {
      outcome: 'warn',
      said: `single operator: one person may sign every role; rollback staffed until ${until}`,
    };
  const roles = runbook.staffing?.rollbackRoles ?? [];
  return {
    outcome: 'pass',
    said: `${roles.length > 0 ? `rollback staffed until ${until}, ` : ''}decisions can be signed`,
  };
}

/**
 * Production is watched around the clock, but a role that is needed to go back may sleep (E-10); and roles that only one
 * person holds cannot be signed by different people (E-113). So is a key that
 * nobody may sign with yet. All are found before the start, not at night.
 */
export default defineCheck({
  id: 'people.roles-staffed',
  title: 'Every role has somebody until nothing has to be taken back',
  runbook: ['PRE-31', 'GO-07', 'NG-06'],
  gates: ['preflight'],
  releaseOnly: true,
  needs: ['git'],
  absent: ({ runbook: { staffing, decisions } }) =>
    staffing || decisions ? undefined : 'neither staffing nor decisions are configured',
  probe: async ({ git }, { now, runbook }): Promise<Found> => {
    if (!asksForKeys(runbook)) return { at: now };
    const tip = await git.branchTip(runbook.source.main);
    const allowed = tip && (await git.readFile(tip, runbook.approvals.allowedSigners));
    return { at: now, allowed: allowed ?? '' };
  },
  judge: (found, { runbook }) => judgeStaffing(runbook, found),
});
