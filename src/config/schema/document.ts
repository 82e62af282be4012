import * as z from 'zod';
import { clock, count, positive, repoPath, secretName, text, weekday, zone } from './fields.ts';

const changeSchema = z.strictObject({
  date: z.iso.date().describe('Day of the change'),
  version: text.describe('Version of the written runbook'),
  author: text.describe('Role or person'),
  changes: text.describe('What changed'),
});

/** The written runbook this file answers to (DOC rows). */
export const documentSchema = z.strictObject({
  version: text.describe('Version of the written runbook'),
  updated: z.iso.date().describe('When it was last changed'),
  nextReview: z.iso.date().describe('Preflight warns when this day has passed'),
  review: text.optional().describe('How often it is reviewed, in words'),
  owner: text.describe('Role that owns the document'),
  stakeholders: z.array(text).default([]).describe('Who has a say'),
  feedback: text.optional().describe('Where to send improvements'),
  location: text.optional().describe('Where the written runbook lives, named in handoffs'),
  changes: z.array(changeSchema).default([]).describe('Its change log, newest first'),
});

/** When a deployment may start (PRE-25; E-05: late starts need an override). */
export const windowSchema = z.strictObject({
  days: z.array(weekday).min(1).describe('Days on which a deployment may start'),
  from: clock.describe('First minute, by the clock of the zone'),
  to: clock.describe('End; not part of the window'),
  zone: zone.optional().describe('Default: timezone'),
  lastStartBefore: z
    .number()
    .int()
    .min(0)
    .default(150)
    .describe('Minutes a run needs before the window closes'),
  postponeHours: z
    .tuple([positive, positive])
    .optional()
    .describe('After a NO-GO: the next date lies this many hours ahead, from and to'),
});

/** Migrations: files in the repository, applied by the built-in runner or by a command. */
export const migrationsSchema = z.strictObject({
  folder: repoPath.default('migrations').describe('Folder of the SQL files'),
  journal: z
    .enum(['drizzle', 'schema_migrations'])
    .default('drizzle')
    .describe('How applied files are remembered'),
  journalFile: repoPath.default('migrations/meta/_journal.json').describe('List of the files, in order'),
  rollbackSuffix: z
    .string()
    .regex(/^[\w.-]+\.sql$/, 'must be a file ending like _rollback.sql')
    .default('_rollback.sql')
    .describe('Ending of the script that takes a file back'),
  lockTimeoutSeconds: positive.default(3).describe('Longest wait for a lock; longer would queue up traffic'),
  statementTimeoutSeconds: positive.default(900).describe('Longest time one statement may take'),
  lintNotes: z
    .boolean()
    .default(false)
    .describe('Whether the lint of migrations also tells matters of style'),
  lockTries: count.default(4).describe('Tries when a lock is not free'),
});

/** Where measurements of the running application come from (MON, SUC, RBC rows). */
export const metricsSchema = z.strictObject({
  kind: z.enum(['app', 'prometheus']).default('app').describe('Who answers'),
  url: text.describe('Path of the application, or address of the Prometheus server'),
  token: secretName.optional().describe('Sent as bearer token'),
});
