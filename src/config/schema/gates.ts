import * as z from 'zod';
import { count, percent, positive, text } from './fields.ts';

/** Budget of one endpoint (PER rows). Max is twice P95 when omitted (E-80). */
export const budgetSchema = z.strictObject({
  row: text,
  endpoint: text,
  p95Ms: positive,
  maxMs: positive.optional(),
  errorPercent: percent,
});

/** Numbers a verdict rests on; each names its runbook row in docs/config.md. */
export const thresholdsSchema = z.strictObject({
  pool: z
    .strictObject({ maxPercent: percent.default(80) })
    .prefault({})
    .describe('ENV-06'),
  blockingSeconds: positive.default(30).describe('ENV-08: longest a query may wait for a lock'),
  idleInTransactionSeconds: positive.default(60),
  tls: z
    .strictObject({ warnDays: count.default(30), failDays: count.default(7) })
    .prefault({})
    .describe('ENV-03'),
  parity: z
    .strictObject({ go: percent.default(90), noGo: percent.default(80) })
    .prefault({})
    .describe('PAR-05, GO-05, NG-07'),
  e2ePassPercent: percent.default(95).describe('PRE-14, GO-01'),
  cvss: z.number().min(0).max(10).default(7).describe('GO-04, NG-03'),
  evidenceMinutes: positive.default(45).describe('How long a preflight counts (E-03)'),
  api: z
    .strictObject({ p95Ms: positive.default(200), p99Ms: positive.default(500) })
    .prefault({})
    .describe('PRE-10, SUC-02'),
  pageLoadMs: positive.default(2000).describe('PRE-11'),
  queryP95Ms: positive.default(100).describe('PRE-12, SUC-04'),
  errorPercent: z
    .strictObject({ first30: percent.default(0.5), later: percent.default(1) })
    .prefault({})
    .describe('SUC-01, EXT-01'),
  loginFailurePercent: percent.default(0.1).describe('SUC-06'),
  complaints: count.default(5).describe('EXT-04'),
  paymentSuccessPercent: percent.default(98).describe('HOO-09'),
});

/** Rollback levels: two clocks each (E-21). */
export const severitySchema = z.strictObject({
  title: text,
  startWithinMinutes: positive,
  doneWithinMinutes: positive.optional(),
  who: text,
});

/** Monitoring phases after the release is open to traffic (MON rows). */
export const monitoringSchema = z.strictObject({
  minutes: positive.default(120),
  criticalMinutes: positive.default(30),
  progressEveryMinutes: positive.default(15),
  rollbackProgressEveryMinutes: positive.default(5),
});
