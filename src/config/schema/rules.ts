import * as z from 'zod';
import { budgetSchema } from './budget.ts';
import { count, row, slug, text } from './fields.ts';
import { smokeSchema } from './smoke.ts';

const bandSchema = z.strictObject({
  level: z
    .enum(['P3', 'hold', 'P2', 'P1', 'P0'])
    .describe(
      'What a reading in this band means: P3 is noted, hold asks people, P2 to P0 call for a rollback',
    ),
  row: row.describe('The runbook row'),
  from: z.number().min(0).optional().describe('Readings at or above this are in the band'),
  below: z.number().min(0).optional().describe('Readings below this are in the band'),
  dwellMinutes: z.number().min(0).describe('How long it must last; 0: one reading is enough'),
  during: z
    .enum(['critical', 'later'])
    .optional()
    .describe('Only in the critical minutes, or only after them; left out: all the time'),
  on: z.enum(['critical']).optional().describe('Only at endpoints of critical calls of the smoke scenario'),
});

/** A measurement of the running application and what its values mean (corrections 2.3: half-open, without gaps). */
const ruleSchema = z.strictObject({
  title: text.describe('What is measured'),
  metric: slug.optional().describe('Name of the measurement; default: the name of the rule'),
  unit: z.enum(['percent', 'ms', 's', 'number']).describe('What its values are'),
  since: z
    .enum(['live', 'open'])
    .default('open')
    .describe('Judged once the version is proven, or once users reach it (E-08)'),
  against: z
    .enum(['baseline', 'p95-budget', 'error-budget'])
    .optional()
    .describe('Bounds are multiples of the value before the release, or of the limit of the endpoint'),
  minSamples: count.default(0).describe('Fewer samples in five minutes decide nothing'),
  percentile: z
    .number()
    .min(50)
    .max(99.9)
    .optional()
    .describe(
      'Its values are this percentile: fewer samples than prove one (95: 59, 99: 299), or an unknown number, are never good',
    ),
  freshSeconds: z
    .number()
    .min(1)
    .max(300)
    .default(300)
    .describe('A source that is silent for longer is unknown'),
  needed: z.boolean().default(true).describe('False: it may stay unmeasured, or have too few samples'),
  bands: z
    .array(bandSchema)
    .min(1)
    .describe('Mildest first; time in a worse band counts for the milder ones'),
});

export const rulesSchema = z.record(slug, ruleSchema);

/** RBC-P3-4: what is known and accepted does not call, until it runs out. */
export const knownIssueSchema = z.strictObject({
  rule: slug.describe('Name of the rule that it keeps quiet'),
  series: text.optional().describe('Only for this endpoint or issue'),
  reason: text.describe('Why it is accepted'),
  by: text.describe('Who accepted it'),
  until: z.iso.date().describe('Last day'),
});

/** A file of rules alone, for a replay (docs/ticks.md). A whole configuration is one as well. */
export const ruleFileSchema = z.object({
  rules: rulesSchema,
  budgets: z.record(slug, budgetSchema).default({}),
  smoke: smokeSchema.optional(),
  /** Endpoints for bands that say `on: critical`; none: all are. */
  critical: z.array(text).default([]),
  monitoring: z
    .object({
      criticalMinutes: z.number().positive().default(30),
      evaluateSeconds: z.number().int().min(1).max(60).default(1),
      knownIssues: z.array(knownIssueSchema).default([]),
    })
    .prefault({}),
});
