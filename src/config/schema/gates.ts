import * as z from 'zod';
import { count, percent, positive, text } from './fields.ts';
import { knownIssueSchema } from './rules.ts';

const weight = positive.default(1);

/** Numbers a verdict rests on; each names its runbook row. */
export const thresholdsSchema = z.strictObject({
  pool: z
    .strictObject({ maxPercent: percent.default(80).describe('Share of the connections in use') })
    .prefault({})
    .describe('ENV-06'),
  blockingSeconds: positive.default(30).describe('ENV-08: longest a query may wait for a lock'),
  idleInTransactionSeconds: positive.default(60).describe('Longest a session may sit in a transaction'),
  tls: z
    .strictObject({
      warnDays: count.default(30).describe('Days left at which a warning begins'),
      failDays: count.default(7).describe('Days left at which it is a failure'),
    })
    .prefault({})
    .describe('ENV-03'),
  parity: z
    .strictObject({
      go: percent.default(90).describe('Above: GO. From noGo up to here: HOLD'),
      noGo: percent.default(80).describe('Below: NO-GO'),
      weights: z
        .strictObject({
          node: weight.describe('The version of Node.js'),
          packages: weight.describe('Each installed package'),
          keys: weight.describe('Each environment variable'),
          schema: weight.describe('Each migration, and each object of the schema'),
        })
        .prefault({})
        .describe('How many times one thing of an area counts in the score'),
      ignore: z
        .array(text)
        .default([])
        .describe('Differences that are left out, like env/REPL_ID; a * stands for anything'),
    })
    .prefault({})
    .describe('PAR-05, GO-05, NG-07: likeness of staging and production'),
  e2ePassPercent: percent.default(95).describe('PRE-14, GO-01: share of E2E scenarios that pass'),
  cvss: z.number().min(0).max(10).default(7).describe('GO-04, NG-03: score from which a finding blocks'),
  evidenceMinutes: positive.default(45).describe('How long a preflight counts (E-03)'),
  api: z
    .strictObject({
      p95Ms: positive.default(200).describe('P95 of all requests'),
      p99Ms: positive.default(500).describe('P99 of all requests'),
    })
    .prefault({})
    .describe('PRE-10, SUC-02'),
  pageLoadMs: positive.default(2000).describe('PRE-11: P95 of a page load'),
  queryP95Ms: positive.default(100).describe('PRE-12, SUC-04: P95 of a database query'),
  errorPercent: z
    .strictObject({
      first30: percent.default(0.5).describe('In the critical minutes'),
      later: percent.default(1).describe('Afterwards'),
    })
    .prefault({})
    .describe('SUC-01, EXT-01: share of failed requests'),
  loginFailurePercent: percent.default(0.1).describe('SUC-06: valid credentials that were refused'),
  complaints: count.default(5).describe('EXT-04: complaints from which on nobody calls it a success'),
  paymentSuccessPercent: percent.default(98).describe('HOO-09: payments that succeed, declines left out'),
});

/** Rollback levels: two clocks each (E-21). */
export const severitySchema = z.strictObject({
  title: text.describe('What it means'),
  startWithinMinutes: positive
    .optional()
    .describe('From detection to the start of a rollback, or of its evaluation; none: only watch'),
  doneWithinMinutes: positive.optional().describe('From detection to the end'),
  who: text.describe('Who may order it'),
});

/** Monitoring phases after the release is open to traffic (MON rows). */
export const monitoringSchema = z.strictObject({
  minutes: positive.default(120).describe('How long a release is watched'),
  criticalMinutes: positive.default(30).describe('The stricter first part'),
  progressEveryMinutes: positive.default(15).describe('Pace of progress messages'),
  rollbackProgressEveryMinutes: positive.default(5).describe('The same during a rollback'),
  confirmMinutes: positive
    .default(15)
    .describe('RBX-6.5: how long real traffic must be good after a rollback before it counts as confirmed'),
  incidentEveryMinutes: positive.default(10).describe('The same during an incident'),
  successHours: positive.default(48).describe('SUC-08: clean hours after which a release is successful'),
  evaluateSeconds: z.number().int().min(1).max(60).default(1).describe('How often rules are asked'),
  knownIssues: z
    .array(knownIssueSchema)
    .default([])
    .describe('RBC-P3-4: what is known and accepted, and keeps a rule quiet for a while'),
});
