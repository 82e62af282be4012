#!/usr/bin/env node
// npm run package-proof -- [--nodes 20,22,24]
// Packs the program, installs it as others would (with and without optional packages, with install scripts off) and runs it on every
// Node that it promises. Needs the registry, for the packages and for the Nodes; nothing of it stays.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const given = process.argv.indexOf('--nodes');
const nodes = (given < 0 ? '20,22,24' : (process.argv[given + 1] ?? '')).split(',');
const work = mkdtempSync(join(tmpdir(), 'release-package-'));

const WAYS = [
  { name: 'as usual', flags: [], hasDatabase: true },
  { name: 'without optional packages', flags: ['--omit=optional'], hasDatabase: false },
  { name: 'with install scripts off', flags: ['--ignore-scripts'], hasDatabase: true },
];

const npm = (folder, ...args) =>
  execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    encoding: 'utf8',
  });

/** A folder of a project of its own. */
function makeFolder(name) {
  const folder = join(work, name.replaceAll(' ', '-'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"name":"shop","version":"1.0.0","private":true}\n');
  return folder;
}

/** The newest Node of a major version, as the registry has it for this machine. */
function fetchNode(major) {
  const folder = makeFolder(`node ${major}`);
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  npm(folder, 'install', `${name}@${major}`);
  return join(folder, 'node_modules', name, 'bin/node');
}

function runWith(node, folder, words, wanted) {
  const program = join(folder, 'node_modules/release-runbook/bin/release.js');
  const env = { ...process.env, HOME: folder, XDG_CACHE_HOME: join(folder, '.cache'), CI: 'true' };
  try {
    const said = execFileSync(node, [program, ...words], {
      cwd: folder,
      env,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return { code: 0, said, ok: wanted.includes(0) };
  } catch (error) {
    return { code: error.status, said: `${error.stdout}${error.stderr}`, ok: wanted.includes(error.status) };
  }
}

const CONFIG =
  'service: shop\nproduct: Shop\ntimezone: UTC\nenvironments:\n  production: { url: "https://shop.example" }\n';

/** What is asked of an installation; each needs another part of it. */
const asks = ({ hasDatabase }) => [
  { words: ['--version'], code: [0] },
  { words: ['deploy', '--help'], code: [0] },
  { words: ['config', 'check'], code: [0] },
  // The parser of SQL; a column that is dropped is a NO-GO.
  { words: ['preflight', '--only', 'migrations.*', '--files', 'drop.sql'], code: [3], says: /drop/i },
  // A check of one's own, loaded by jiti, which finds the kit of this package.
  { words: ['preflight', '--only', 'own.answer'], code: [0], says: /forty-two/ },
  // PostgreSQL, git and six servers; a machine without the optional package uses its own PostgreSQL, or says that it has none.
  { words: ['demo', 'up'], code: hasDatabase ? [0] : [0, 1], says: /sandbox|postgres/i },
  { words: ['demo', 'down'], code: [0, 2] },
];

const CHECK = `import { defineCheck } from 'release-runbook/kit';
export default defineCheck({
  id: 'own.answer', title: 'Answers', runbook: 'ENV-01', gates: ['preflight'], needs: [],
  probe: async () => 42,
  judge: (n: number) => ({ outcome: n === 42 ? 'pass' : 'fail', said: 'forty-two' }),
});
`;

function install(way, tarball) {
  const folder = makeFolder(way.name);
  npm(folder, 'install', tarball, ...way.flags);
  writeFileSync(join(folder, 'runbook.config.yaml'), CONFIG);
  writeFileSync(join(folder, 'drop.sql'), 'ALTER TABLE users DROP COLUMN mail;\n');
  mkdirSync(join(folder, 'checks'));
  writeFileSync(join(folder, 'checks/answer.check.ts'), CHECK);
  return folder;
}

let failed = 0;
try {
  const [{ filename, size, entryCount }] = JSON.parse(
    npm(root, 'pack', '--json', '--pack-destination', work),
  );
  const tarball = join(work, filename);
  console.log(
    `${filename}: ${(statSync(tarball).size / 1e6).toFixed(1)} MB (${size} bytes), ${entryCount} files`,
  );
  const found = nodes.map((major) => ({ major, node: fetchNode(major) }));
  for (const way of WAYS) {
    const folder = install(way, tarball);
    const { version } = JSON.parse(
      readFileSync(join(folder, 'node_modules/release-runbook/package.json'), 'utf8'),
    );
    for (const { major, node } of found)
      for (const { words, code, says = /^/ } of asks(way)) {
        const ended = runWith(node, folder, words, code);
        const ok =
          ended.ok && says.test(ended.said) && (words[0] !== '--version' || ended.said.trim() === version);
        if (!ok) failed += 1;
        console.log(
          `${ok ? 'ok  ' : 'FAIL'} Node ${major}, ${way.name}: release ${words.join(' ')} (exit ${ended.code})`,
        );
        if (!ok) console.log(ended.said.split('\n').slice(-30).join('\n'));
      }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(failed === 0 ? 'All of it works.' : `${failed} of it failed.`);
process.exitCode = failed === 0 ? 0 : 1;
