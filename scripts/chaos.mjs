#!/usr/bin/env node
// npm run chaos -- [--seeds 100000] [--from 1] [--workers 2] | --seed N   [--without guard,settle,intent,inspect,fence]
// Plays releases in virtual time over the real runner.
import { importBundled } from './import-bundled.mjs';

const { main, outfile } = await importBundled('test/simulation/chaos.ts', 'chaos');
process.exitCode = await main(process.argv.slice(2), outfile);
