// M1 and M2: what a person waits for before anything happens, against an empty Node.
import { ratioMetric, rotate } from '../measure.mjs';

/** Cold start of `--version`, the overview and a command's help. */
export function measureCold({ n, bin }) {
  const node = process.execPath;
  const samples = rotate(
    {
      empty: [node, '-e', '0'],
      version: [node, bin, '--version'],
      help: [node, bin, '--help'],
      commandHelp: [node, bin, 'deploy', '--help'],
    },
    n,
  );
  const against = (id, title, ours, must, reach) =>
    ratioMetric({ id, title, ours, floor: samples.empty, basis: 'cpu', what: 'node -e 0', must, reach });
  return [
    against('M1.version', 'release --version', samples.version, 1.35, 1.2),
    against('M2.help', 'release --help', samples.help, 1.8, 1.45),
    against('M2.command-help', 'release deploy --help', samples.commandHelp, 1.8, 1.45),
  ];
}
