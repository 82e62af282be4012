import * as z from 'zod';
import { positive, repoPath, secretName, text, url } from './fields.ts';

const timeoutSeconds = positive.default(5).describe('Longest wait for one answer');

/** Sentences for customers; each has a default that says nothing of data. */
const textsSchema = z.strictObject({
  title: text.optional().describe('Heading of the incident'),
  identified: text.optional().describe('While the earlier version is being put back'),
  monitoring: text.optional().describe('When users are back in'),
  resolved: text.optional().describe('When the rollback is confirmed'),
});

const texts = textsSchema.prefault({}).describe('What customers read, in your words');

/** Where customers read how the application is. */
export const statusPageSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('atlassian').describe('A page at Atlassian Statuspage'),
    apiUrl: url.default('https://api.statuspage.io/v1').describe('Address of the API'),
    page: z
      .string()
      .regex(/^[\w-]+$/, 'must be the id of a page')
      .describe('Id of the page'),
    key: secretName.describe('API key of a user of the page'),
    components: z
      .array(z.string().regex(/^[\w-]+$/, 'must be the id of a component'))
      .default([])
      .describe('Ids of the components that users of this environment meet'),
    notify: z.boolean().default(false).describe('Whether subscribers of the page get a mail'),
    timeoutSeconds,
    texts,
  }),
  z.strictObject({
    kind: z.literal('webhook').describe('An address of yours takes a POST'),
    url: secretName.describe('Full address; it may carry a token, so it is named and never written'),
    signWith: secretName.optional().describe('Key of the signature in webhook-signature'),
    timeoutSeconds,
    texts,
  }),
  z.strictObject({
    kind: z.literal('file').describe('A JSON file that your own page is made from'),
    path: repoPath.describe('The file; it is written whole, or not at all'),
    texts,
  }),
]);
