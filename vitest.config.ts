import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const report = process.env.RELEASE_TEST_REPORT;

/** Tests that start the built program; only they wait for a build. */
const program = ['test/cli/**/*.test.ts', 'test/scenarios/**/*.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    globalSetup: ['test/support/one-folder.ts'],
    pool: 'forks',
    // The default leaves one core idle; most of these tests wait for servers, not for the processor.
    maxWorkers: Math.max(2, availableParallelism()),
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
