// Release tools that others use, in the last versions that run on Node 20; fetched from the registry into a folder of their own.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PEERS = {
  np: '11',
  'release-it': '20',
  'semantic-release': '24',
  '@changesets/cli': '2',
};

const binOf = (folder, name) => {
  const place = join(folder, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
  return join(place, typeof bin === 'string' ? bin : Object.values(bin)[0]);
};

/** Installs the peers: the program of each by its name, and `close`, which takes them away again. */
export function installPeers() {
  const folder = mkdtempSync(join(tmpdir(), 'release-peers-'));
  const close = () => rmSync(folder, { recursive: true, force: true });
  try {
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    const wanted = Object.entries(PEERS).map(([name, major]) => `${name}@${major}`);
    // This project's own strictness does not apply to what is only looked at.
    const flags = [
      '--engine-strict=false',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--loglevel=error',
    ];
    execFileSync('npm', ['install', ...wanted, ...flags], { cwd: folder, stdio: 'pipe' });
    const programs = Object.fromEntries(Object.keys(PEERS).map((name) => [name, binOf(folder, name)]));
    return { programs, close };
  } catch (error) {
    close();
    throw error;
  }
}
