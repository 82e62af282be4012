// M13: the last runs of a record of ten thousand, against help.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import { ratioMetric, rotate } from '../measure.mjs';

const RUNS = 10_000;

async function writeRecord(root, folder) {
  const program = `${folder}/write-history.mjs`;
  await build({
    entryPoints: [`${root}bench/programs/write-history.ts`],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    logLevel: 'warning',
  });
  const { status, stderr } = spawnSync(process.execPath, [program, folder, String(RUNS)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the record was not written: ${stderr}`);
}

/** Whole processes on a ledger of files; the time to prove the chain is in it. */
export async function measureHistory({ n, bin, root }) {
  const folder = `${root}node_modules/.cache/bench-history-${process.pid}`;
  mkdirSync(folder, { recursive: true });
  try {
    await writeRecord(root, folder);
    const node = process.execPath;
    const at = { cwd: folder, env: { XDG_CACHE_HOME: `${folder}/cache` } };
    const samples = rotate(
      {
        help: [node, bin, '--help'],
        history: [node, bin, 'history'],
        status: [node, bin, 'history', 'v1.5.7'],
      },
      n,
      { help: at, history: at, status: at },
    );
    const against = (id, title, ours) =>
      ratioMetric({
        id,
        title,
        ours,
        floor: samples.help,
        basis: 'cpu',
        what: '--help',
        must: 1.4,
        reach: 1.2,
      });
    return [
      against('M13.last', 'release history, 10,000 runs', samples.history),
      against('M13.version', 'release history v1.5.7, the same', samples.status),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
