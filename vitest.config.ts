import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

const report = process.env.RELEASE_TEST_REPORT;

/** Tests that start the built program, most of them in a sandbox for whose servers they wait; only they wait for a build. */
const program = ['test/cli/**/*.test.ts', 'test/scenarios/**/*.test.ts'];
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
          name: 'program',
          include: program,
          globalSetup: ['test/support/build-once.ts'],
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
          exclude: program,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
