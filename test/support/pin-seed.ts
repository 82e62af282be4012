import fc from 'fast-check';

const { RELEASE_FUZZ_SEED: seed, RELEASE_FUZZ_RUNS: runs } = process.env;

// A gate says the same of the same commit, so the suite draws what it drew before. `npm run fuzz` draws anew.
fc.configureGlobal({ seed: Number(seed ?? 1), ...(runs ? { numRuns: Number(runs) } : {}) });
