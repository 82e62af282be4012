import { type Identity, plain, toSeconds } from './make-objects.ts';
import { checkSha } from './names.ts';
import type { WriteObject } from './write-object.ts';

/** Puts the empty tree into the cache and gives its id. */
export const writeEmptyTree = (write: WriteObject): string => write('tree', '');

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
export function writeChainCommit(write: WriteObject, order: ChainOrder, { name, email }: Identity): string {
  const who = `${plain(name)} <${plain(email)}> ${toSeconds(order.at)} +0000`;
  const parent = order.parent === undefined ? '' : `parent ${checkSha(order.parent)}\n`;
  const head = `tree ${checkSha(order.tree)}\n${parent}author ${who}\ncommitter ${who}`;
  return write('commit', `${head}\n\n${order.message}`);
}
