import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

const report = process.env.RELEASE_TEST_REPORT;

/** Whole releases in a sandbox; most of their time they wait for its servers. */
const scenarios = ['test/scenarios/**/*.test.ts'];
/** Other tests that start the built program; only they and the scenarios wait for a build. */
const program = ['test/cli/**/*.test.ts'];
const build = ['test/support/build-once.ts'];
const cores = availableParallelism();

export default defineConfig({
  test: {
    // They end what hangs; how fast a machine is decides nothing.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    globalSetup: ['test/support/one-folder.ts'],
    setupFiles: ['test/support/pin-seed.ts'],
    pool: 'forks',
    // A process of its own for every file would cost more than most files do. A test puts back what it changes.
    isolate: false,
    unstubEnvs: true,
    unstubGlobals: true,
    restoreMocks: true,
    // The default leaves one core idle; many of these tests wait for servers, not for the processor.
    maxWorkers: cores + 1,
    sequence: { sequencer: LongestFirst },
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'scenarios',
          include: scenarios,
          globalSetup: build,
          // By themselves, before the rest: a worker that waits must not keep a core from one that computes.
          maxWorkers: cores + 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'source',
          include: ['test/**/*.test.ts'],
          exclude: [...program, ...scenarios],
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'program',
          include: program,
          globalSetup: build,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
