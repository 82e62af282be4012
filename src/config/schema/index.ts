import * as z from 'zod';
import {
  documentSchema,
  integrityQuerySchema,
  metricsSchema,
  migrationsSchema,
  sourceSchema,
  windowSchema,
} from './document.ts';
import { environmentSchema } from './environment.ts';
import { slug, text, url, zone } from './fields.ts';
import { budgetSchema, monitoringSchema, severitySchema, thresholdsSchema } from './gates.ts';
import { decisionSchema, ownerSchema, personSchema, roleSchema } from './people.ts';
import { servicesSchema } from './services.ts';
import { smokeSchema } from './smoke.ts';

/** The whole of runbook.config.yaml. One schema gives types, JSON Schema, documentation and messages. */
export const runbookSchema = z.strictObject({
  service: slug.describe('Short name; part of the ledger scope'),
  product: text.describe('Name as people know it'),
  timezone: zone,
  defaultEnv: z.string().default('production').describe('Environment of read-only commands'),
  sandbox: z.boolean().default(false).describe('Set by `release demo up` alone: every message says SANDBOX'),
  document: documentSchema.optional(),
  source: sourceSchema.prefault({}),
  environments: z
    .record(slug, environmentSchema)
    .refine((all) => Object.keys(all).length > 0, 'needs at least one environment'),
  services: servicesSchema.prefault({}),
  window: windowSchema.optional(),
  migrations: migrationsSchema.optional(),
  integrity: z.array(integrityQuerySchema).default([]),
  metrics: metricsSchema.optional(),
  thresholds: thresholdsSchema.prefault({}),
  budgets: z.record(slug, budgetSchema).default({}),
  smoke: smokeSchema.optional(),
  roles: z.record(slug, roleSchema).default({}),
  people: z.record(slug, personSchema).default({}),
  decisions: z.record(z.enum(['1', '2', '3', '4']), decisionSchema).optional(),
  owners: z.record(slug, ownerSchema).default({}),
  severities: z.record(z.enum(['P0', 'P1', 'P2', 'P3']), severitySchema).optional(),
  monitoring: monitoringSchema.prefault({}),
  links: z
    .strictObject({
      dashboard: url.optional(),
      notes: url.optional(),
      statusPage: url.optional(),
      support: text.optional(),
    })
    .prefault({}),
});

/** The configuration, checked and with defaults filled in. Secrets are still names. */
export type Runbook = z.infer<typeof runbookSchema>;
export type Environment = Runbook['environments'][string];
export type SmokeScenario = NonNullable<Runbook['smoke']>;
export type SmokeCall = SmokeScenario['calls'][number];
export type Budget = Runbook['budgets'][string];
export type HostTarget = NonNullable<Environment['host']>;
export type Hook = NonNullable<Environment['maintenance']>['on'];
export type IntegrityQuery = Runbook['integrity'][number];
export type Migrations = NonNullable<Runbook['migrations']>;
export type Person = Runbook['people'][string];
