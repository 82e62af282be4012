import * as z from 'zod';
import { clock, refName, repoPath, text } from './fields.ts';

const exceptionSchema = z.strictObject({
  commit: z
    .string()
    .regex(/^[0-9a-f]{7,40}$/, 'must be a commit id of 7 to 40 digits')
    .describe('Commit that may come in all the same'),
  by: text.describe('Who answers for it; one of people, where there are some'),
  reason: text.describe('Why it cannot wait'),
});

const freezeSchema = z.strictObject({
  candidates: z
    .boolean()
    .default(true)
    .describe('Whether what is tested is tagged v…-rc.N; from that tag on the branch stands still'),
  businessDays: z
    .number()
    .int()
    .min(0)
    .max(30)
    .optional()
    .describe(
      'From so many business days before the day of the release on, a new candidate needs an exception too; left out: it does not',
    ),
  at: clock.default('00:00').describe('When the freeze begins on that day, by the clock of the window'),
  exceptions: z
    .array(exceptionSchema)
    .default([])
    .describe('Commits that somebody answers for, beside those that say so in a `Freeze-Exception` trailer'),
});

const versionTextSchema = z.strictObject({
  path: repoPath.describe('A file of the environment, or any other text'),
  match: z
    .string()
    .max(200)
    .regex(
      /^(?!.*\{version\}.*\{version\}).*\{version\}.*$/,
      'must hold {version} once, like APP_VERSION={version}',
    )
    .describe('Piece of its text; {version} stands for the number, with or without its v'),
});

/** Where the code lives and how a release is cut from it. */
export const sourceSchema = z.strictObject({
  remote: text.default('origin').describe('Remote name, or its URL or path'),
  main: refName.default('main').describe('Branch that production runs'),
  develop: refName.default('develop').describe('Branch that releases are cut from'),
  releaseBranch: refName
    .default('release/{version}')
    .describe('Branch of one release; {version} is the version with its v'),
  versionFiles: z
    .array(z.union([repoPath, versionTextSchema]))
    .default(['package.json'])
    .describe(
      'Files whose version a release changes; JSON by path, another file with a match. The lockfiles of npm and client/package.json are looked at without being named',
    ),
  freeze: freezeSchema.prefault({}).describe('What may no longer change before a release (PRE-26, HOP-01)'),
  changelog: repoPath.default('CHANGELOG.md').describe('File whose sections become the messages'),
  identity: z
    .strictObject({ name: text.describe('Author name'), email: text.describe('Author address') })
    .default({ name: 'release', email: 'release@localhost' })
    .describe('Author of merge, tag and restore commits'),
});
