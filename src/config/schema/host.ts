import * as z from 'zod';
import { commandLine, path, positive, text, textPayload } from './fields.ts';

/** Proof that a version is live: the health endpoint says so, several times, spread over some seconds. */
const proofSchema = z.strictObject({
  path: path.default('/health').describe('Path that is asked'),
  version: text.default('version').describe('Field that carries the version'),
  commit: text.default('commit').describe('Field that carries the commit; checked when the answer has it'),
  times: z.number().int().min(1).default(3).describe('Consecutive answers needed'),
  everySeconds: positive.default(5).describe('Pause between two questions'),
  deadlineSeconds: positive.default(600).describe('After this time the publish counts as failed'),
});

const proof = proofSchema.prefault({}).describe('Proof that the version is live');

/** How code gets onto the host. All strategies end with the same proof. */
export const hostSchema = z.discriminatedUnion('strategy', [
  z.strictObject({
    strategy: z.literal('push').describe('The platform publishes by itself when main moves'),
    proof,
  }),
  z.strictObject({
    strategy: z.literal('command').describe('A command line publishes'),
    publish: commandLine.describe('Run with RELEASE_VERSION and RELEASE_COMMIT set; exit 0 means accepted'),
    timeoutSeconds: positive.default(900).describe('Longest time the command may take'),
    proof,
  }),
  z.strictObject({
    strategy: z.literal('github-workflow').describe('A workflow publishes'),
    workflow: text.describe('File name of the workflow'),
    inputs: textPayload.default({}).describe('Inputs of the workflow; {version} and {commit} are filled in'),
    timeoutSeconds: positive.default(1800).describe('Longest time the workflow may take'),
    proof,
  }),
  z.strictObject({
    strategy: z.literal('manual').describe('A person publishes'),
    instructions: z.array(text).min(1).describe('The exact clicks; {version} and {commit} are filled in'),
    proof,
  }),
]);
