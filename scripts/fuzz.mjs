#!/usr/bin/env node
// npm run fuzz -- [--seed N] [--runs 4000]
// Every property of the tests from a seed of its own; those that name no number of runs (the parsers) get this one.
import { execFileSync, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { root } from './import-bundled.mjs';

process.chdir(root);
const text = { type: 'string' };
const { values } = parseArgs({ options: { seed: text, runs: text } });
const seed = values.seed ?? String(randomInt(2 ** 31));
const files = execFileSync('git', ['grep', '-l', "from 'fast-check'", '--', 'test/**.test.ts'], {
  encoding: 'utf8',
});
process.stdout.write(`Drawing from seed ${seed}; the same again: npm run fuzz -- --seed ${seed}\n`);
const env = { ...process.env, RELEASE_FUZZ_SEED: seed, RELEASE_FUZZ_RUNS: values.runs ?? '4000' };
const ran = spawnSync('npx', ['vitest', 'run', ...files.trim().split('\n')], { stdio: 'inherit', env });
process.exitCode = ran.status ?? 1;
