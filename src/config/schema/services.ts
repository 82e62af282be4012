import * as z from 'zod';
import { positive, repoPath, secretName, text, url } from './fields.ts';

const timeoutSeconds = positive.default(30);

const channelSchema = z.union([
  z.strictObject({ webhook: secretName.describe('Posts flat messages; Slack gives no thread for it') }),
  z.strictObject({ id: z.string().regex(/^[CG][A-Z0-9]{2,}$/, 'must be a Slack channel id like C0123ABCD') }),
]);

/** Vendors. Every one is optional; every base address is a value here. */
export const servicesSchema = z.strictObject({
  neon: z
    .strictObject({
      apiUrl: url.default('https://console.neon.tech/api/v2'),
      apiKey: secretName,
      timeoutSeconds: positive.default(60),
      operationDeadlineSeconds: positive.default(120),
      pollSeconds: positive.default(2),
    })
    .optional(),
  stripe: z.strictObject({ apiUrl: url.default('https://api.stripe.com'), timeoutSeconds }).optional(),
  github: z
    .strictObject({
      apiUrl: url.default('https://api.github.com'),
      repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'must be owner/name'),
      token: secretName,
      timeoutSeconds,
    })
    .optional(),
  slack: z
    .strictObject({
      apiUrl: url.default('https://slack.com/api/'),
      botToken: secretName.optional().describe('Without it progress cannot be posted in a thread'),
      timeoutSeconds: positive.default(5),
      channels: z.record(z.string(), channelSchema),
      routes: z.record(z.string(), z.array(text)).describe('Template → channels'),
    })
    .optional(),
  mail: z
    .strictObject({
      from: text,
      smtp: secretName.optional().describe('Without it messages are written as .eml files'),
      outbox: repoPath.default('.release/outbox'),
      stakeholders: z.array(z.email()).default([]),
    })
    .optional(),
});
