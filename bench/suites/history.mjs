// M13: the last runs of a record of ten thousand, against help.
import { ratioMetric, rotate } from '../measure.mjs';
import { withRecord } from '../write-record.mjs';

const RUNS = 10_000;

/** Whole processes on a ledger of files; the time to prove the chain is in it. */
export const measureHistory = ({ n, bin, root }) =>
  withRecord(root, 'write-history', [String(RUNS)], (folder) => {
    const release = [process.execPath, bin];
    const at = { cwd: folder, env: { XDG_CACHE_HOME: `${folder}/cache` } };
    const samples = rotate(
      {
        help: [...release, '--help'],
        history: [...release, 'history'],
        status: [...release, 'history', 'v1.5.7'],
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
  });
