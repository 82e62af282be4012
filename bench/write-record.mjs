// A record for the program to read, written by the program's own code.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

/** Bundles `bench/programs/<program>.ts`, runs it with a folder and `words`, and takes the folder away behind `use`. */
export async function withRecord(root, program, words, use) {
  const folder = `${root}node_modules/.cache/bench-${program}-${process.pid}`;
  mkdirSync(folder, { recursive: true });
  try {
    const outfile = `${folder}/${program}.mjs`;
    const entryPoints = [`${root}bench/programs/${program}.ts`];
    const as = { bundle: true, platform: 'node', format: 'esm', target: 'node20.19', logLevel: 'warning' };
    // Packages stay outside: some of them are CommonJS that asks for modules of Node.
    await build({ entryPoints, outfile, packages: 'external', ...as });
    const { status, stderr } = spawnSync(process.execPath, [outfile, folder, ...words], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the record was not written: ${stderr}`);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
