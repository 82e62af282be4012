import * as z from 'zod';
import { commandLine, count, positive, repoPath, secretName, slug, text } from './fields.ts';

const every = (seconds: number) => positive.default(seconds).describe('How often it is asked, in seconds');
const metric = slug.describe('Name of the measurement; rules read it by this name');
const minSamples = count.default(0).describe('A reading that rests on fewer samples is none');

const probe = z.strictObject({
  source: z
    .literal('probe')
    .describe('Our own requests: critical calls of the smoke scenario that change nothing'),
  everySeconds: every(1),
});

const scenario = z.strictObject({
  source: z
    .literal('scenario')
    .describe('The whole smoke scenario, one request a call; what it makes it takes away'),
  everySeconds: every(240),
});

const app = z.strictObject({
  source: z.literal('app').describe('What the application tells about its users (metrics)'),
  everySeconds: every(15),
  minSamples: minSamples.default(20),
});

const database = z.strictObject({
  source: z.literal('database').describe('Timed questions to the database, and its connections'),
  everySeconds: every(4),
});

const integrity = z.strictObject({
  source: z.literal('integrity').describe('The integrity queries, against the baseline of the deploy'),
  everySeconds: every(120),
});

const stripe = z.strictObject({
  source: z.literal('stripe').describe('Payments and deliveries of the last minutes'),
  everySeconds: every(60),
  windowMinutes: positive.default(30).describe('How far back payments are counted'),
});

const prometheus = z.strictObject({
  source: z.literal('prometheus').describe('A query of a Prometheus server'),
  everySeconds: every(15),
  url: z.url().describe('Address of the server'),
  token: secretName.optional().describe('Sent as bearer token'),
  metric,
  query: text.describe(
    'PromQL that answers an instant vector or a scalar; {version} is the version without its v',
  ),
  series: text.optional().describe('Label that tells the series apart; default: all is one series'),
  samples: text.optional().describe('PromQL that counts the samples, with the same labels'),
  minSamples,
});

const sql = z.strictObject({
  source: z.literal('sql').describe('A SELECT that answers one number'),
  everySeconds: every(60),
  metric,
  sql: text.describe('The question'),
});

const log = z.strictObject({
  source: z.literal('log').describe('Lines of a file, or of what a command prints, that match'),
  everySeconds: every(60),
  metric,
  file: repoPath.optional().describe('A file that grows; only what comes while it is watched counts'),
  command: commandLine.optional().describe('Prints what came since it was last asked'),
  match: text.describe('A text that a line must hold; /…/ is a pattern'),
});

const limits = z.strictObject({
  source: z.literal('limits').describe('How much of its limit of calls the GitHub token has used (CMM-12)'),
  everySeconds: every(300),
});

/** Where measurements come from. Several may give one metric; each that falls silent is unknown. */
export const measurementsSchema = z.record(
  slug,
  z.discriminatedUnion('source', [
    probe,
    scenario,
    app,
    database,
    integrity,
    stripe,
    prometheus,
    sql,
    log,
    limits,
  ]),
);
