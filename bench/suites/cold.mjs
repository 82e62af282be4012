// M1 and M2: what a person waits for before anything happens, against an empty Node.
import { median, ratioMetric, rotate, round } from '../measure.mjs';

/** How many times an empty Node each peer takes for the same question, round by round. */
function compare(metric, samples, peers, flag) {
  const found = Object.keys(peers).map((name) => {
    const ratios = samples[`${name} ${flag}`].map(({ cpu }, i) => cpu / samples.empty[i].cpu);
    return { what: `${name} ${flag}`, value: round(median(ratios)) };
  });
  return { ...metric, metric: { ...metric.metric, peers: found } };
}

/** Cold start of `--version`, the overview and a command's help, beside the release tools that are given by name. */
export function measureCold({ n, bin, peers = {} }) {
  const node = process.execPath;
  const theirs = Object.entries(peers).flatMap(([name, program]) =>
    ['--version', '--help'].map((flag) => [`${name} ${flag}`, [node, program, flag]]),
  );
  const samples = rotate(
    {
      empty: [node, '-e', '0'],
      version: [node, bin, '--version'],
      help: [node, bin, '--help'],
      commandHelp: [node, bin, 'deploy', '--help'],
      ...Object.fromEntries(theirs),
    },
    n,
  );
  const against = (id, title, ours, must, reach) =>
    ratioMetric({ id, title, ours, floor: samples.empty, basis: 'cpu', what: 'node -e 0', must, reach });
  return [
    compare(
      against('M1.version', 'release --version', samples.version, 1.35, 1.2),
      samples,
      peers,
      '--version',
    ),
    compare(against('M2.help', 'release --help', samples.help, 1.8, 1.45), samples, peers, '--help'),
    against('M2.command-help', 'release deploy --help', samples.commandHelp, 1.8, 1.45),
  ];
}
