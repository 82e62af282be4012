import { parseWords } from '../../../src/cli/program.ts';
import { runRollback } from '../../../src/cli/rollback/run-rollback.ts';
import { endOf, makeCliWorld, tagOf, type WantedWorld } from '../cli-world.ts';

export const inFull = { yes: true, env: 'production', envIsTyped: true };
export const origin = {
  branches: { main: 'a'.repeat(40) },
  tags: [tagOf('v2.2.0'), tagOf('v2.1.0'), tagOf('v2.0.3')],
};
export const live = async () => ({ version: '2.1.0', latencyMs: 1 });
export type World = ReturnType<typeof makeCliWorld>;

/** `release rollback …` with the options as the command line makes them. */
export async function rollBack(
  words: string,
  wanted: WantedWorld = {},
  before?: (world: World) => Promise<unknown>,
) {
  const { args, options } = parseWords(['rollback', ...words.split(' ')], {});
  const world = makeCliWorld({ command: 'rollback', ...origin, live, ...wanted });
  await before?.(world);
  world.asked.length = 0;
  const ended = await endOf(runRollback(args, options, world.context, world.wired));
  return { ...world, ...ended };
}
