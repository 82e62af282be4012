import * as z from 'zod';
import { positive, repoPath } from './fields.ts';

/** What belongs to the set-up of an environment beside its secrets, schema and webhooks (DRF rows). */
export const driftSchema = z.strictObject({
  maxAgeHours: positive
    .default(24)
    .describe('DRF-01: preflight warns when the last `release drift` is older than this'),
  envExample: repoPath
    .default('.env.example')
    .describe('DRF-04: file that lists the names of environment variables'),
  files: z
    .array(repoPath)
    .default(['.replit', 'replit.nix'])
    .describe('Files of the repository that configure the host'),
});
