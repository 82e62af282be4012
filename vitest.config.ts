import { defineConfig } from 'vitest/config';

const report = process.env.RELEASE_TEST_REPORT;

/** Tests that start the built program; only they wait for a build. */
const program = ['test/cli/**/*.test.ts', 'test/scenarios/**/*.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    projects: [
      { extends: true, test: { name: 'source', include: ['test/**/*.test.ts'], exclude: program } },
      {
        extends: true,
        test: { name: 'program', include: program, globalSetup: ['test/support/build-once.ts'] },
      },
    ],
  },
});
