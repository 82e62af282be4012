import { type Identity, plain, toSeconds } from './make-objects.ts';
import { checkSha } from './names.ts';
import { mustRun, type RunGit } from './run-git.ts';

const DOING = 'Writing the record';

/** Puts the empty tree into the cache and gives its id. */
export const writeEmptyTree = (run: RunGit): Promise<string> =>
  mustRun(run, DOING, ['hash-object', '-t', 'tree', '-w', '--stdin'], { input: '' });

interface ChainOrder {
  /** The empty one. */
  readonly tree: string;
  readonly parent: string | undefined;
  readonly message: string;
  readonly at: string;
}

/**
 * Makes a commit in the cache. Its text is written by us to the letter, because git would take the time and the name of
 * whoever calls it.
 */
export async function writeChainCommit(
  run: RunGit,
  order: ChainOrder,
  { name, email }: Identity,
): Promise<string> {
  const who = `${plain(name)} <${plain(email)}> ${toSeconds(order.at)} +0000`;
  const parent = order.parent === undefined ? '' : `parent ${checkSha(order.parent)}\n`;
  const input = `tree ${checkSha(order.tree)}\n${parent}author ${who}\ncommitter ${who}\n\n${order.message}`;
  return mustRun(run, DOING, ['hash-object', '-t', 'commit', '-w', '--stdin'], { input });
}
