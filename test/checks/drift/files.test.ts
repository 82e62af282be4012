import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import check from '../../../checks/drift/files.check.ts';
import { accepted, acceptedBuild } from '../../support/drift.ts';
import { makePolicy, onlyThese } from '../../support/policy.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const example = 'A=\nB=\n';

it('DRF-04: hashes .env.example and the files of the host at the live commit, with SHA-256', async () => {
  const files: Record<string, string> = { '.env.example': example, '.replit': 'run = "npm start"' };
  const commit = acceptedBuild.commit;
  const services = onlyThese({
    host: { liveVersion: async () => ({ version: '2.0.3', commit, latencyMs: 1 }) },
    git: {
      tag: async () => ({ version: 'v2.0.3', annotated: true, object: 'o', commit, at: '', trailers: {} }),
      readFile: async (_, path) => files[path],
    },
  });
  expect(await check.probe(services, makePolicy(accepted({})))).toEqual({
    build: acceptedBuild,
    area: { '.env.example': `${sha256(example)} A B`, '.replit': sha256('run = "npm start"') },
  });
});

it('DRF-04: tells a file that changed without a release, and does not take it for accepted the second time', () => {
  const before = { '.env.example': `${sha256(example)} A B` };
  const area = { '.env.example': `${sha256('A=\n')} A` };
  const policy = makePolicy(accepted({ file: before }));
  for (const _ of ['first day', 'second day'])
    expect(check.judge({ area, build: acceptedBuild }, policy)).toMatchObject({
      outcome: 'warn',
      said: '.env.example changed',
    });
});
