import * as z from 'zod';
import { budgetSchema } from './budget.ts';
import { calendarSchema } from './calendar.ts';
import { documentSchema, metricsSchema, migrationsSchema, windowSchema } from './document.ts';
import { driftSchema } from './drift.ts';
import { environmentSchema } from './environment.ts';
import { evidenceSchema } from './evidence.ts';
import { slug, text, url, zone } from './fields.ts';
import { monitoringSchema, severitySchema, thresholdsSchema } from './gates.ts';
import { integrityQuerySchema } from './integrity.ts';
import { measurementsSchema } from './measurements.ts';
import {
  approvalsSchema,
  decisionsSchema,
  handoffsSchema,
  ownerSchema,
  personSchema,
  reviewsSchema,
  roleSchema,
  staffingSchema,
} from './people.ts';
import { rulesSchema } from './rules.ts';
import { servicesSchema } from './services.ts';
import { smokeSchema } from './smoke.ts';
import { sourceSchema } from './source.ts';

const linksSchema = z.strictObject({
  dashboard: url.optional().describe('Where people watch'),
  notes: url.optional().describe('Release notes; {version} is the version with its v'),
  statusPage: url.optional().describe('What customers look at'),
  support: text.optional().describe('Address for customers'),
});

/** The whole of runbook.config.yaml. One schema gives types, JSON Schema, documentation and messages. */
export const runbookSchema = z.strictObject({
  service: slug.describe('Short name; part of the ledger scope'),
  product: text.describe('Name as people know it'),
  timezone: zone.describe('Zone of every time that people read'),
  defaultEnv: z.string().default('production').describe('Environment of read-only commands'),
  sandbox: z.boolean().default(false).describe('Set by `release demo up` alone: every message says SANDBOX'),
  document: documentSchema.optional().describe('The written runbook this file answers to (DOC rows)'),
  source: sourceSchema.prefault({}).describe('Where the code lives and how a release is cut from it'),
  environments: z
    .record(slug, environmentSchema)
    .refine((all) => Object.keys(all).length > 0, 'needs at least one environment')
    .describe('By name. Only url is required: what is not configured is left out of checks and plans'),
  services: servicesSchema.prefault({}).describe('Vendors, and how to reach them'),
  window: windowSchema.optional().describe('When a deployment may start (PRE-25)'),
  calendar: calendarSchema.prefault({}).describe('Business days, holidays and freezes'),
  migrations: migrationsSchema.optional().describe('Schema changes that a release brings'),
  integrity: z
    .array(integrityQuerySchema)
    .default([])
    .describe('Questions before and after a change (DAT rows)'),
  evidence: evidenceSchema
    .optional()
    .describe('Reports of tests and scanners, the tracker, the pipeline; what is left out is not asked'),
  metrics: metricsSchema.optional().describe('Where measurements of real traffic come from'),
  drift: driftSchema.prefault({}).describe('What is compared with the accepted set-up (DRF rows)'),
  thresholds: thresholdsSchema.prefault({}).describe('Numbers a verdict rests on'),
  budgets: z.record(slug, budgetSchema).default({}).describe('Limits of endpoints (PER rows)'),
  smoke: smokeSchema.optional().describe('The smoke scenario (SMK rows)'),
  standUp: z
    .array(text)
    .max(20)
    .default([])
    .describe('What the stand-up of release day goes through; shown above the question of a deploy (DAY-01)'),
  roles: z.record(slug, roleSchema).default({}).describe('Roles by name'),
  people: z.record(slug, personSchema).default({}).describe('Who can take them'),
  staffing: staffingSchema.optional().describe('Who must be there while a release can still be taken back'),
  onFailure: z
    .enum(['stop', 'rollback'])
    .default('stop')
    .describe('What a script does with a deploy that failed half way; a person is asked'),
  decisions: decisionsSchema.optional().describe('Decision points (DP rows)'),
  reviews: reviewsSchema
    .prefault({})
    .describe('What people sign before decision 1, and before decision 2 (docs/approvals.md)'),
  handoffs: handoffsSchema.prefault({}).describe('Who signs what is handed over (docs/handoff.md)'),
  approvals: approvalsSchema.prefault({}).describe('What signs a decision'),
  owners: z.record(slug, ownerSchema).default({}).describe('Who answers for what (OWN rows)'),
  severities: z
    .record(z.enum(['P0', 'P1', 'P2', 'P3']), severitySchema)
    .optional()
    .describe('Rollback levels, all four, with two clocks each (RBC rows)'),
  monitoring: monitoringSchema.prefault({}).describe('The watch after a release'),
  measurements: measurementsSchema
    .default({})
    .describe('What `release watch` measures, and where it comes from'),
  rules: rulesSchema
    .default({})
    .describe('What measurements of the running application mean, and when they call for a rollback'),
  links: linksSchema.prefault({}).describe('Addresses that messages name'),
});

/** The configuration, checked and with defaults filled in. Secrets are still names. */
export type Runbook = z.infer<typeof runbookSchema>;
export type Environment = Runbook['environments'][string];
export type SmokeScenario = NonNullable<Runbook['smoke']>;
export type SmokeCall = SmokeScenario['calls'][number];
export type HostTarget = NonNullable<Environment['host']>;
