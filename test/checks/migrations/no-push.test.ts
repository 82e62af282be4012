import { describe, expect, it } from 'vitest';
import check from '../../../checks/migrations/no-push.check.ts';
import { makePolicy, onlyThese } from '../../support/policy.ts';

const policy = makePolicy({
  release: { version: 'v2.1.0', branch: 'release/v2.1.0', commit: 'b'.repeat(40) },
});
const answer = async (files: Readonly<Record<string, string>>) => {
  const services = onlyThese({
    git: {
      readFile: async (_commit, path) => files[path],
      listFiles: async (_commit, folder) =>
        Object.keys(files).filter((path) => path.startsWith(`${folder}/`)),
    },
  });
  return check.judge(await check.probe(services, policy), policy);
};
const manifest = (scripts: Record<string, string>) => ({ 'package.json': JSON.stringify({ scripts }) });

describe('a schema that is pushed', () => {
  it.each([
    ['when the application starts', manifest({ start: 'npm run db:push && node server.js' })],
    ['after the build', manifest({ postbuild: 'drizzle-kit push --force' })],
    ['by a workflow', { '.github/workflows/ci.yml': 'steps:\n  - run: npx drizzle-kit push\n' }],
    ['by the platform', { '.replit': 'run = "npm run db:push && npm start"\n' }],
    ['by another tool', manifest({ 'build:prod': 'prisma db push' })],
  ])('E-50: %s is said', async (_, files) => {
    expect((await answer(files)).outcome).toBe('warn');
  });

  it.each([
    ['a script that a developer types', manifest({ 'db:push': 'drizzle-kit push' })],
    ['a comment', { '.github/workflows/ci.yml': 'steps:\n  # no db:push here\n  - run: npm test\n' }],
    ['migrations', manifest({ start: 'drizzle-kit migrate && node server.js' })],
    ['a repository without any of it', {}],
  ])('E-50: %s is none', async (_, files) => {
    expect((await answer(files)).outcome).toBe('pass');
  });

  it('E-50: names the file and the line', async () => {
    const { said } = await answer({ '.github/workflows/ci.yml': 'steps:\n  - run: npm run db:push\n' });
    expect(said).toContain('.github/workflows/ci.yml:2');
  });
});

it('knows nothing about a package.json that it cannot read', async () => {
  await expect(answer({ 'package.json': '{' })).rejects.toMatchObject({ code: 'E_FILE_SHAPE' });
});
