import * as z from 'zod';
import { positive, text } from './fields.ts';

export const personSchema = z.strictObject({
  name: text,
  email: z.email().optional(),
  slack: z
    .string()
    .regex(/^[UW][A-Z0-9]{2,}$/, 'must be a Slack member id like U0123ABCD')
    .optional(),
  roles: z.array(text).min(1).describe('Roles this person can take'),
  phone: text.optional(),
});

export const roleSchema = z.strictObject({ title: text, does: text.optional() });

/** Who owns what, who is next, when somebody is there (OWN rows). */
export const ownerSchema = z.strictObject({
  owner: text.describe('Role'),
  backup: text.describe('Role'),
  responsibilities: z.array(text).min(1),
  escalation: z.array(text).min(1).describe('Roles in calling order; the last may be outside'),
  onCall: text,
});

/** A decision point (DP rows). Anchors, not clock times: corrections E-06, E-07. */
export const decisionSchema = z.strictObject({
  title: text,
  roles: z.array(text).min(1),
  inputs: z.array(text).min(1),
  outcomes: z.array(text).length(2),
  anchor: z.enum(['T_start', 'T_live', 'T_open']),
  afterMinutes: z.number(),
  decideWithinMinutes: positive.default(15),
  required: z
    .boolean()
    .default(true)
    .describe('false: a run records the point but does not wait for signatures'),
});
