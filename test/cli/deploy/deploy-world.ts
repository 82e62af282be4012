import { runDeploy } from '../../../src/cli/deploy/run-deploy.ts';
import { parseWords } from '../../../src/cli/program.ts';
import { answering } from '../../support/test-wired.ts';
import { endOf, makeCliWorld, tagOf, type WantedWorld } from '../cli-world.ts';

const BRANCH = 'b'.repeat(40);
export const prepared = {
  branches: { main: 'a'.repeat(40), 'release/v2.1.0': BRANCH },
  tags: [tagOf('v2.0.3')],
};
export const inFull = { yes: true, env: 'production', envIsTyped: true };
export const fine = answering('app.health', 'pass');
export const bad = answering('database.blocking', 'fail', '1 query blocked for 48 s');

/** `release deploy …` with the options as the command line makes them. */
export async function deploy(words: string, wanted: WantedWorld = {}) {
  const parsed = parseWords(['deploy', ...words.split(' ').filter(Boolean)], {});
  const world = makeCliWorld({ ...prepared, checks: [fine], ...wanted });
  const ended = await endOf(runDeploy(parsed.args, parsed.options, world.context, world.wired));
  return { ...world, ...ended };
}
