import * as z from 'zod';
import { positive, repoPath, secretName, slug, text, url } from './fields.ts';

const timeoutSeconds = positive.default(30).describe('Longest wait for one answer');

const channelSchema = z.union([
  z.strictObject({
    webhook: secretName.describe('Posts flat messages; Slack gives no thread for it'),
  }),
  z.strictObject({
    id: z
      .string()
      .regex(/^[CG][A-Z0-9]{2,}$/, 'must be a Slack channel id like C0123ABCD')
      .describe('Posts by botToken, with threads'),
  }),
]);

const neonSchema = z.strictObject({
  apiUrl: url.default('https://console.neon.tech/api/v2').describe('Address of the API'),
  apiKey: secretName.describe('Key of a project or an organisation'),
  timeoutSeconds: positive.default(60).describe('Longest wait for one answer'),
  operationDeadlineSeconds: positive.default(120).describe('Longest time an operation may take'),
  pollSeconds: positive.default(2).describe('Pause between two questions about an operation'),
});

const githubSchema = z.strictObject({
  apiUrl: url.default('https://api.github.com').describe('Address of the API'),
  repository: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/, 'must be owner/name')
    .describe('owner/name'),
  token: secretName.describe('Needs actions: write to start a workflow, issues: write for `drift --issue`'),
  timeoutSeconds,
});

const slackSchema = z.strictObject({
  apiUrl: url.default('https://slack.com/api/').describe('Address of the Web API'),
  botToken: secretName.optional().describe('Without it progress cannot be posted in a thread'),
  timeoutSeconds: positive.default(5).describe('Longest wait for one answer'),
  channels: z.record(slug, channelSchema).describe('Channel by its name, without #'),
  routes: z.record(slug, z.array(text)).describe('Template → channels'),
});

const mailSchema = z.strictObject({
  from: text.describe('Sender'),
  smtp: secretName.optional().describe('Without it messages are written as .eml files'),
  outbox: repoPath.default('.release/outbox').describe('Folder of the written messages'),
  stakeholders: z
    .array(z.email('must be a mail address'))
    .default([])
    .describe('Who gets the summary of a release'),
});

const dutyId = z.string().regex(/^P[A-Z0-9]{3,}$/, 'must be an id of PagerDuty like PABC123');

const dutySchema = z.union([
  z.strictObject({ schedule: dutyId.describe('Schedule whose people are on call in this role') }),
  z.strictObject({
    policy: dutyId.describe('Escalation policy whose people are'),
    level: z.number().int().positive().default(1).describe('Its level'),
  }),
]);

const pagerdutySchema = z.strictObject({
  apiUrl: url
    .default('https://api.pagerduty.com')
    .describe('Address of the API; of the EU region https://api.eu.pagerduty.com'),
  token: secretName.describe('REST API key; read only is enough'),
  timeoutSeconds: positive.max(60).default(10).describe('Longest wait for one answer'),
  roles: z
    .record(slug, dutySchema)
    .refine((roles) => Object.keys(roles).length > 0, 'must name at least one role')
    .describe('Role → who has it by PagerDuty; each is asked to be covered without a gap'),
});

/** Vendors. Every one is optional; every base address is a value here. */
export const servicesSchema = z.strictObject({
  neon: neonSchema.optional().describe('Backups and restores of the database'),
  stripe: z
    .strictObject({
      apiUrl: url.default('https://api.stripe.com').describe('Address of the API'),
      timeoutSeconds,
    })
    .optional()
    .describe('Payments'),
  github: githubSchema.optional().describe('Workflows that publish, and open issues'),
  slack: slackSchema.optional().describe('Messages to the team'),
  mail: mailSchema.optional().describe('Messages to stakeholders'),
  pagerduty: pagerdutySchema.optional().describe('Who is on call, read only (docs/on-call.md)'),
});
