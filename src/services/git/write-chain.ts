import { type Identity, plain, toSeconds } from './make-objects.ts';
import { checkSha } from './names.ts';
import { mustRun, type RunGit } from './run-git.ts';

/**
 * Makes a commit on the empty tree in the cache. Its text is written by us to the letter, because git would take the
 * time and the name of whoever calls it.
 */
export async function writeChainCommit(
  run: RunGit,
  order: { readonly parent: string | undefined; readonly message: string; readonly at: string },
  { name, email }: Identity,
): Promise<string> {
  const tree = await mustRun(run, 'Writing the record', ['hash-object', '-t', 'tree', '-w', '--stdin'], {
    input: '',
  });
  const who = `${plain(name)} <${plain(email)}> ${toSeconds(order.at)} +0000`;
  const parent = order.parent === undefined ? '' : `parent ${checkSha(order.parent)}\n`;
  const input = `tree ${checkSha(tree)}\n${parent}author ${who}\ncommitter ${who}\n\n${order.message}`;
  return mustRun(run, 'Writing the record', ['hash-object', '-t', 'commit', '-w', '--stdin'], { input });
}
