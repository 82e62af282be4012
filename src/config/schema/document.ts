import * as z from 'zod';
import { clock, count, positive, refName, repoPath, text, zone } from './fields.ts';

/** The written runbook this file answers to (DOC rows). */
export const documentSchema = z.strictObject({
  version: text.describe('Version of the written runbook'),
  updated: z.iso.date().describe('When it was last changed'),
  nextReview: z.iso.date().describe('Preflight warns when this day has passed'),
  owner: text.describe('Role that owns the document'),
  stakeholders: z.array(text).default([]),
  feedback: text.optional().describe('Where to send improvements'),
  location: text.optional().describe('Where the written runbook lives, named in handoffs'),
});

/** Where the code lives and how a release is cut from it. */
export const sourceSchema = z.strictObject({
  remote: text.default('origin').describe('Remote name, or its URL or path'),
  main: refName.default('main'),
  develop: refName.default('develop'),
  releaseBranch: refName.default('release/{version}'),
  versionFiles: z.array(repoPath).default(['package.json']).describe('Files whose version a release changes'),
  changelog: repoPath.default('CHANGELOG.md'),
  identity: z
    .strictObject({ name: text, email: text })
    .default({ name: 'release', email: 'release@localhost' })
    .describe('Author of merge, tag and restore commits'),
});

/** When a deployment may start (PRE-25; E-05: late starts need an override). */
export const windowSchema = z.strictObject({
  days: z.array(z.enum(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])).min(1),
  from: clock,
  to: clock,
  zone: zone.optional().describe('Default: timezone'),
  lastStartBefore: z
    .number()
    .int()
    .min(0)
    .default(150)
    .describe('Minutes a run needs before the window closes'),
});

/** Migrations: files in the repository, applied by the built-in runner or by a command. */
export const migrationsSchema = z.strictObject({
  folder: repoPath.default('migrations'),
  journal: z
    .enum(['drizzle', 'schema_migrations'])
    .default('drizzle')
    .describe('How applied files are remembered'),
  journalFile: repoPath.default('migrations/meta/_journal.json'),
  rollbackSuffix: z
    .string()
    .regex(/^[\w.-]+\.sql$/)
    .default('_rollback.sql'),
  lockTimeoutSeconds: positive.default(3),
  statementTimeoutSeconds: positive.default(900),
  lockTries: count.default(4),
});

/** A question put to the database in a read-only transaction (DAT rows). */
export const integrityQuerySchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: text,
  row: text.optional().describe('The runbook row it answers'),
  sql: text.describe('One SELECT that returns one number'),
  expect: z
    .enum(['zero', 'not-fewer', 'within-percent'])
    .describe(
      'zero: no such row may exist · not-fewer: at least the baseline · within-percent: near the baseline',
    ),
  percent: z.number().min(0).max(100).optional().describe('For within-percent'),
});

/** Where measurements of the running application come from (MON, SUC, RBC rows). */
export const metricsSchema = z.strictObject({
  kind: z.enum(['app', 'prometheus']).default('app'),
  url: text.describe('Path of the application, or address of the Prometheus server'),
  token: z
    .string()
    .regex(/^\$[A-Z][A-Z0-9_]*$/)
    .optional(),
});
