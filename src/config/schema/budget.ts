import * as z from 'zod';
import { percent, positive, row, text } from './fields.ts';

/** Budget of one endpoint (PER rows). Max is twice P95 when omitted (E-80). */
export const budgetSchema = z.strictObject({
  row: row.describe('The runbook row'),
  endpoint: text.describe('Method and route, as people read it'),
  p95Ms: positive.describe('P95 in milliseconds'),
  maxMs: positive.optional().describe('Slowest answer in milliseconds; default: twice P95'),
  errorPercent: percent.describe('Share of wrong answers'),
});
