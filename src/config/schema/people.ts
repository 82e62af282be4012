import * as z from 'zod';
import { DEMANDS } from '../../domain/approvals/method.ts';
import { REVIEW_SPECS, type Review } from '../../domain/approvals/review.ts';
import { AFTER_ROLES } from '../../domain/handoff/after.ts';
import { BEFORE_ROLES } from '../../domain/handoff/before.ts';
import { clock, positive, repoPath, text, weekday, zone } from './fields.ts';

const leastProof = z
  .enum(DEMANDS)
  .describe('Least that proves who signed: ssh-signed · self-declared · proxy (docs/approvals.md)');

const hoursSchema = z.strictObject({
  days: z.array(weekday).min(1).describe('Days on which they begin'),
  from: clock.describe('First minute'),
  to: clock.describe('End, not part of it; on the next day when it is not after from'),
  zone: zone.optional().describe('Default: timezone'),
});

const awaySchema = z.strictObject({
  from: z.iso.date().describe('First day'),
  to: z.iso.date().describe('Last day'),
});

export const personSchema = z.strictObject({
  name: text.describe('Name as people say it'),
  email: z.email('must be a mail address').optional().describe('Also finds the person by git author'),
  slack: z
    .string()
    .regex(/^[UW][A-Z0-9]{2,}$/, 'must be a Slack member id like U0123ABCD')
    .optional()
    .describe('Member id; without it a mention does not notify'),
  github: text.optional().describe('Login at GitHub; a workflow that this account starts signs for them'),
  roles: z.array(text).min(1).describe('Roles this person can take'),
  hours: z.array(hoursSchema).min(1).optional().describe('When they can be reached; left out: at any time'),
  away: z.array(awaySchema).optional().describe('Whole days on which they cannot'),
  pagerduty: text
    .optional()
    .describe('User id at PagerDuty; left out: found by mail address, or by a name that one person has'),
  phone: text.optional().describe('For handoffs; never sent to Slack'),
});

export const roleSchema = z.strictObject({
  title: text.describe('Title as people say it'),
  does: text.optional().describe('What this role does during a release'),
  standIn: text.optional().describe('Role whose people do its work while nobody who has it can be reached'),
  leastProof: leastProof.optional(),
});

/** What a sign-off of a decision has to be (`release approve`). */
export const approvalsSchema = z.strictObject({
  allowedSigners: repoPath
    .default('allowed_signers')
    .describe('File on source.main: whose SSH keys may sign, by mail address (ssh-keygen, ALLOWED SIGNERS)'),
  revokedKeys: repoPath.optional().describe('File on source.main with public keys that count no more'),
  leastProof: leastProof.default('proxy'),
  deployerCounts: z
    .boolean()
    .default(true)
    .describe('false: the sign-off of whoever deploys does not count; by default it counts once'),
});

const handoffSchema = (roles: readonly string[]) =>
  z.strictObject({
    roles: z
      .array(text)
      .min(1)
      .default([...roles])
      .describe('Roles that sign it, each by somebody else'),
    leastProof: leastProof.optional(),
  });

const handoffBeforeSchema = handoffSchema(BEFORE_ROLES).extend({
  required: z.boolean().default(false).describe('true: decision 1 rests on it, and nobody says GO before it'),
});

/** Who signs the handoffs (HOP-25 to HOP-27, HOO-29; E-111: by role, never by title). */
export const handoffsSchema = z.strictObject({
  before: handoffBeforeSchema.prefault({}).describe('Development to operations, before a deployment'),
  after: handoffSchema(AFTER_ROLES).prefault({}).describe('Operations to on-call, after it'),
});

const reviewSchema = (review: Review) =>
  z
    .strictObject({
      roles: z.array(text).min(1).describe('Roles that sign it, each by somebody else'),
      quorum: z.number().int().positive().optional().describe('How many of them must; left out: all'),
      leastProof: leastProof.optional(),
      required: z
        .boolean()
        .default(true)
        .describe('false: nobody is waited for; by default its decision rests on it'),
    })
    .optional()
    .describe(REVIEW_SPECS[review].title);

/** Who signs what on the way to a decision (PRE-17, PRE-21 to PRE-23; DAY-29). What is left out nobody signs. */
export const reviewsSchema = z.strictObject({
  acceptance: reviewSchema('acceptance'),
  security: reviewSchema('security'),
  performance: reviewSchema('performance'),
  'critical-paths': reviewSchema('critical-paths'),
});

/** Who must be there while a release can still be taken back (E-10, E-113). */
export const staffingSchema = z.strictObject({
  rollbackRoles: z.array(text).min(1).describe('Roles without which nothing can be taken back'),
  hours: positive.max(168).default(24).describe('How long after the start each of them needs somebody'),
  singleOperator: z
    .boolean()
    .default(false)
    .describe('true: one person may answer for several roles of a decision; said at every preflight'),
});

/** Who owns what, who is next, when somebody is there (OWN rows). */
export const ownerSchema = z.strictObject({
  owner: text.describe('Role'),
  backup: text.describe('Role'),
  responsibilities: z.array(text).min(1).describe('What the owner answers for'),
  escalation: z.array(text).min(1).describe('Roles in calling order; the last may be somebody outside'),
  onCall: text.optional().describe('When somebody is there; none of its own when left out'),
});

/** A decision point (DP rows). Anchors, not clock times: corrections E-06, E-07. */
const decisionSchema = z.strictObject({
  title: text.describe('What is decided'),
  roles: z.array(text).min(1).describe('Who decides; everyone signs'),
  inputs: z.array(text).min(1).describe('What they look at'),
  outcomes: z.array(text).length(2).describe('The good answer first'),
  anchor: z
    .enum(['T_start', 'T_live', 'T_open'])
    .describe('T_start: the run begins · T_live: the new version is proven · T_open: traffic reaches it'),
  afterMinutes: z.number().describe('Minutes after the anchor; negative is before it'),
  decideWithinMinutes: positive.default(15).describe('How long the decision may take'),
  quorum: z.number().int().positive().optional().describe('How many of the roles must sign; left out: all'),
  leastProof: leastProof.optional(),
  required: z
    .boolean()
    .optional()
    .describe(
      'true: a deploy stops here until it is signed; default: true for 1, false for the others, because users are kept out at 2',
    ),
});

/** The four points by number. A file may leave out those its team does not need. */
export const decisionsSchema = z.strictObject({
  1: decisionSchema.optional().describe('Before the deployment'),
  2: decisionSchema.optional().describe('After the smoke tests'),
  3: decisionSchema.optional().describe('After the critical minutes'),
  4: decisionSchema.optional().describe('At the end of the watch'),
});
