#!/usr/bin/env node
// npm run chaos -- [--seeds 100000] [--from 1] [--workers 2] | --seed N   [--without guard,settle,intent,inspect,fence]
// Plays releases in virtual time over the real runner; the program is test/simulation/chaos.ts, bundled here.
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const folder = `node_modules/.cache/chaos-${process.pid}`;
const outfile = `${root}${folder}/chaos.mjs`;
mkdirSync(folder, { recursive: true });
// Not a finally: who stops it in the middle leaves nothing behind either.
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
await build({
  entryPoints: ['test/simulation/chaos.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  logLevel: 'warning',
  // The kit brings a library that is no module.
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
});
const { main } = await import(pathToFileURL(outfile).href);
process.exitCode = await main(process.argv.slice(2), outfile);
