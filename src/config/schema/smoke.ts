import * as z from 'zod';
import { httpMethod, path, payload, positive, repoPath, row, text, textPayload } from './fields.ts';

/** What one answer must look like: dotted path → a literal, or a kind. */
const bodyMatch = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

const fileSchema = z.strictObject({
  field: text.describe('Name of the form field'),
  name: text.describe('File name that is told'),
  from: repoPath.optional().describe('File in the repository; default: a small PDF of our own'),
});

const untilSchema = z.strictObject({
  everySeconds: positive.describe('Pause between two tries'),
  forSeconds: positive.describe('After this time the last answer counts'),
});

/** How what a killed smoke test has made is found again: by the name of its run. */
const findSchema = z.strictObject({
  path: path.describe('GET of a list that shows what the test user made, newest first'),
  items: z.string().default('').describe('Dotted path of the array in the answer; "" is the whole body'),
  name: text.default('name').describe('Dotted path in an item to the text that carries {run}'),
  capture: textPayload
    .optional()
    .describe('Name → dotted path in an item; default: what the call captures of its own answer'),
});

const undoSchema = z.union([
  z.strictObject({
    method: httpMethod.default('DELETE').describe('HTTP method'),
    path: path.describe('Path; captured values are filled in'),
    find: findSchema.optional().describe('Finds what a killed smoke test made; without it that is listed'),
    goesWith: text
      .optional()
      .describe('Call whose record takes this one along when it is deleted, so that nothing need be found'),
  }),
  z.strictObject({
    expireCheckout: text.describe('Id of the checkout session to end at Stripe, like {sessionId}'),
    reference: text
      .optional()
      .describe(
        'client_reference_id that the application gives sessions of the test user: finds what a killed smoke test opened',
      ),
  }),
]);

/** One call of the smoke scenario (SMK rows). `{name}` in texts is a captured or given value. */
const smokeCallSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'must be lower case letters, digits and dashes')
    .describe('Name of the call'),
  row: row.describe('The runbook row'),
  method: httpMethod.default('GET').describe('HTTP method'),
  path: path.describe('Path of the application'),
  as: z
    .enum(['nobody', 'user', 'admin'])
    .default('nobody')
    .describe('Whose bearer token is sent: user is the captured {token}, admin is {adminToken}'),
  headers: textPayload
    .optional()
    .describe('Headers, also of its undo; for an application that wants no bearer token'),
  json: payload.optional().describe('Body; a text that is one placeholder alone keeps its type'),
  file: fileSchema.optional().describe('Sent as multipart form'),
  fields: textPayload.optional().describe('Multipart fields beside the file'),
  signed: z.enum(['stripe']).optional().describe('Signs the body with the webhook secret'),
  status: z.array(z.number().int()).default([200]).describe('Accepted HTTP statuses'),
  body: bodyMatch
    .optional()
    .describe(
      'Dotted path → a literal, or is:string, is:number, is:boolean, is:array, is:object, is:present. "" is the whole body',
    ),
  schema: payload.optional().describe('JSON Schema of the whole answer'),
  starts: text.optional().describe('First bytes of a binary answer'),
  capture: textPayload.optional().describe('Name → dotted path in the answer; later calls use {name}'),
  until: untilSchema.optional().describe('Poll until it passes'),
  after: text
    .optional()
    .describe('Call that must have answered first; needless where a value of it is filled in'),
  writes: z
    .boolean()
    .optional()
    .describe('Changes data, so that it is sent a few times only. Not said: true for everything but GET'),
  budget: text.describe('Name of a budget'),
  undo: undoSchema.optional().describe('Sent at the end, last first'),
  needs: z
    .enum(['stripe', 'checkout-price', 'admin-token'])
    .optional()
    .describe('Left out, and said so, without it'),
  critical: z.boolean().default(false).describe('Part of a critical path (SUC-03)'),
});

const samples = z.number().int().min(1);

const p95 = z.enum(['here', 'watch']);

export const smokeSchema = z.strictObject({
  samples: samples
    .default(124)
    .describe('Timed calls of an endpoint that changes nothing; 59 are the least that prove a P95 (E-24)'),
  writeSamples: samples.default(5).describe('Calls of an endpoint that writes; each makes one more record'),
  p95: p95
    .default('here')
    .describe(
      'watch: not judged by the smoke test, which then says so; `release watch` proves it by traffic',
    ),
  everyMs: positive.default(100).describe('Shortest time between two samples of a call'),
  spreadSeconds: positive.default(60).describe('Longest time over which the samples of a call are spread'),
  rollback: z
    .strictObject({
      samples: samples.default(59).describe('As above'),
      writeSamples: samples.default(1).describe('As above'),
      p95: p95.default('here').describe('As above'),
    })
    .prefault({})
    .describe('What the verification of a rollback does otherwise: users wait for it'),
  concurrency: z
    .number()
    .int()
    .min(1)
    .max(20)
    .default(10)
    .describe('Calls of the first pass at the same time'),
  deadlineSeconds: positive.default(300).describe('SMK-00: longest time of the whole suite'),
  closePercent: z
    .number()
    .min(1)
    .max(100)
    .default(90)
    .describe('From this share of a limit on, a call is near it'),
  warmUp: z
    .strictObject({
      fastAnswers: z.number().int().min(1).default(3).describe('Fast answers in a row that end it'),
      forSeconds: positive.default(120).describe('After this time the application stayed cold'),
    })
    .prefault({})
    .describe('Before anything is timed (E-79)'),
  calls: z
    .array(smokeCallSchema)
    .min(1)
    .describe('Each is sent as soon as what it fills in was captured by calls before it'),
});
