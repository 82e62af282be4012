// Proofs are written like the sources and run without a build step of their own.
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Root of the project, with a slash at its end. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Bundles a TypeScript program and imports it from the root; gives its `main` and where the bundle lies until the end. */
export async function importBundled(entry, name, external = []) {
  process.chdir(root);
  const folder = `node_modules/.cache/${name}-${process.pid}`;
  const outfile = `${root}${folder}/${name}.mjs`;
  mkdirSync(folder, { recursive: true });
  // Not a finally: who stops it in the middle leaves nothing behind either.
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    logLevel: 'warning',
    external,
    // Some libraries are no modules.
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  });
  const { main } = await import(pathToFileURL(outfile).href);
  return { main, outfile };
}
