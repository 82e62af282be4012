import * as z from 'zod';
import { percent, row, text } from './fields.ts';

const ONE_SELECT = /^\s*(?:select|with)\b[^;]*;?\s*$/i;
const NAME = '[a-z_][a-z0-9_]*';

const named = (pattern: string, example: string) =>
  z.string().regex(new RegExp(`^${pattern}$`), `must be written like ${example}, in lower case`);

const tableName = named(`(?:${NAME}\\.)?${NAME}`, 'assessments or billing.invoices');
const columnName = named(NAME, 'created_at');
const columnOf = named(`(?:${NAME}\\.)?${NAME}\\.${NAME}`, 'evidence_files.assessment_id');

const select = z
  .string()
  .regex(ONE_SELECT, 'must be one SELECT')
  .describe(
    'One SELECT that returns one number. {baseline} is the moment of the baseline: a window that ends there stands still, one that ends at now() moves',
  );

const head = {
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'must be lower case letters, digits and dashes')
    .describe('Name of the question'),
  title: text.describe('What is counted, as people say it'),
  row: row.optional().describe('The runbook row it answers'),
};

const mayDeletePercent = percent
  .optional()
  .describe(
    'Where nothing counts deletions: share of the rows that users may delete themselves. While they are in, a smaller count is unknown and asks people, however small; above this share it is a loss (P0 on a watch)',
  );

const zeroSchema = z.strictObject({
  ...head,
  sql: select,
  expect: z.literal('zero').describe('No more such rows than at the baseline'),
});

const atLeastSchema = z.strictObject({
  ...head,
  sql: select,
  expect: z.literal('not-fewer').describe('At least the baseline'),
  mayDeletePercent,
});

const growthSchema = z.strictObject({
  ...head,
  sql: select,
  expect: z.literal('within-percent').describe('Near the baseline; judged right after a change alone'),
  percent: percent.optional().describe('How near'),
});

const rowsSchema = z.strictObject({
  ...head,
  expect: z
    .literal('no-row-lost')
    .describe('Every row that the table had at the baseline is still there, however many came since (E-26)'),
  table: tableName.describe('Table, with its schema where that is not public'),
  key: columnName
    .optional()
    .describe('Column of whole numbers that only grow: rows up to the largest at the baseline are counted'),
  until: columnName
    .optional()
    .describe('Instead of key: column of the moment at which a row was made, for keys that do not grow'),
  where: z
    .string()
    .regex(/^[^;]+$/, 'must be one condition')
    .optional()
    .describe('Rows that count, as an SQL condition'),
  deletions: select
    .optional()
    .describe('One SELECT that counts rows that were deleted on purpose since {baseline}; they are no loss'),
  mayDeletePercent,
  percent: percent.optional().describe('How much the table may grow during a deploy; default: not judged'),
});

const referenceSchema = z.strictObject({
  from: columnOf.describe('Column that refers, as table.column'),
  to: columnOf.describe('Column that it refers to'),
});

const orphansSchema = z.strictObject({
  ...head,
  expect: z
    .literal('no-orphans')
    .describe(
      'No more rows refer to one that is not there than at the baseline: asked for every foreign key that the database has, those that are NOT VALID or switched off included',
    ),
  references: z
    .array(referenceSchema)
    .default([])
    .describe('References that no foreign key guards; they are asked as well'),
  except: z
    .array(text)
    .default([])
    .describe(
      'Foreign keys that are not asked, as table.name or schema.table.name: of what the role may not read',
    ),
});

/** A question put to the database in a read-only transaction (DAT rows). */
export const integrityQuerySchema = z.discriminatedUnion('expect', [
  zeroSchema,
  atLeastSchema,
  growthSchema,
  rowsSchema,
  orphansSchema,
]);
