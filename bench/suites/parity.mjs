// M4: the comparison of two environments against one of its questions, asked alone and outside of the program.
import { spawnSync } from 'node:child_process';
import { ratioMetric, rotate } from '../measure.mjs';
import { openWorld } from '../world.mjs';

const has = (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;

/** Two health answers and two schema versions one after the other, as a shell script compares them. */
function serially({ app, staging, databases }) {
  const sql = 'SELECT count(*) FROM information_schema.columns';
  const lines = [
    ...[app, staging].map((url) => `curl -s ${url}/health`),
    ...(has('psql') ? databases.map((url) => `psql '${url}' -Atc '${sql}'`) : []),
  ];
  return ['bash', '-c', `${lines.join('; ')}; true`];
}

/** Wall time of the comparison with every server as far away as a real one. */
export async function measureParity({ n, bin }) {
  const world = await openWorld(bin);
  const node = process.execPath;
  try {
    const samples = rotate(
      {
        health: ['curl', '-s', `${world.app}/health`],
        ours: [node, bin, 'parity', '--config', world.config],
        serial: serially(world),
      },
      n,
      { ours: { expected: [0, 3] } },
    );
    const against = (id, title, floor, what, must, reach) =>
      ratioMetric({ id, title, ours: samples.ours, floor: samples[floor], what, basis: 'wall', must, reach });
    return [
      against('M4.wall', 'parity', 'health', 'one health call (curl)', 1.75, 1.5),
      against('M4.serial', 'parity / the same in a script', 'serial', 'serial script', 0.33, 0.3),
    ];
  } finally {
    world.close();
  }
}
