import * as z from 'zod';
import { httpMethod, path, positive, repoPath, text } from './fields.ts';

/** What one answer must look like: dotted path → a literal, or `is:string|number|boolean|array|object|present`. */
const bodyMatch = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** One call of the smoke scenario (SMK rows). `{name}` in texts is a captured or given value. */
export const smokeCallSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  row: text,
  method: httpMethod.default('GET'),
  path: path,
  as: z.enum(['nobody', 'user', 'admin']).default('nobody'),
  json: z.record(z.string(), z.json()).optional(),
  file: z.strictObject({ field: text, name: text, from: repoPath.optional() }).optional(),
  fields: z.record(z.string(), z.string()).optional().describe('Multipart fields beside the file'),
  signed: z.enum(['stripe']).optional().describe('Signs the body with the webhook secret'),
  status: z.array(z.number().int()).default([200]),
  body: bodyMatch.optional(),
  starts: text.optional().describe('First bytes of a binary answer'),
  capture: z.record(z.string(), z.string()).optional().describe('Name → dotted path in the answer'),
  until: z
    .strictObject({ everySeconds: positive, forSeconds: positive })
    .optional()
    .describe('Poll until it passes'),
  writes: z.boolean().default(false).describe('Changes data: sent once, never sampled'),
  budget: text.describe('Name of a budget'),
  undo: z
    .strictObject({ method: httpMethod.default('DELETE'), path })
    .optional()
    .describe('Sent at the end, last first'),
  needs: z
    .enum(['stripe', 'checkout-price', 'admin-token'])
    .optional()
    .describe('Left out, and said so, without it'),
  critical: z.boolean().default(false),
});

export const smokeSchema = z.strictObject({
  samples: z.number().int().min(1).default(20),
  concurrency: z.number().int().min(1).max(20).default(4),
  deadlineSeconds: positive.default(300).describe('SMK-00'),
  closePercent: z
    .number()
    .min(1)
    .max(100)
    .default(90)
    .describe('From this share of a limit on, a call is near it'),
  warmUp: z
    .strictObject({ fastAnswers: z.number().int().min(1).default(3), forSeconds: positive.default(120) })
    .prefault({}),
  calls: z.array(smokeCallSchema).min(1),
});
