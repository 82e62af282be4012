import type { Tree } from '../files/make-tree.ts';

export interface Person {
  readonly name: string;
  readonly email: string;
}

/** A commit, as `git fast-import` takes it. Parents are marks of the same stream, or full ids. */
export interface CommitOrder {
  readonly mark: number;
  readonly branch: string;
  readonly parents: readonly string[];
  readonly who: Person;
  /** Seconds since 1970. */
  readonly at: number;
  readonly message: string;
  readonly tree: Tree;
  /** Files of the first parent that the tree does not name stay. Default: they go. */
  readonly keepsOthers?: boolean;
}

interface TagOrder {
  readonly name: string;
  readonly of: string;
  readonly who: Person;
  readonly at: number;
  readonly message: string;
}

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;

const by = (role: string, { name, email }: Person, at: number): string =>
  `${role} ${name} <${email}> ${at} +0000\n`;

const writeFiles = (tree: Tree): string =>
  Object.entries(tree)
    .map(([path, text]) => `M 100644 inline ${path}\n${data(text)}`)
    .join('');

export function writeCommit(order: CommitOrder): string {
  const [first, ...others] = order.parents;
  return [
    // A branch that begins anew must not take over what the stream knows of the name.
    `reset refs/heads/${order.branch}\n`,
    `commit refs/heads/${order.branch}\nmark :${order.mark}\n`,
    by('author', order.who, order.at),
    by('committer', order.who, order.at),
    data(order.message),
    first === undefined ? '' : `from ${first}\n`,
    ...others.map((parent) => `merge ${parent}\n`),
    order.keepsOthers === true ? '' : 'deleteall\n',
    writeFiles(order.tree),
    '\n',
  ].join('');
}

export const writeTag = ({ name, of, who, at, message }: TagOrder): string =>
  `tag ${name}\nfrom ${of}\n${by('tagger', who, at)}${data(message)}`;

/** Takes a branch away: its commits are merged, and nobody works on it any more. */
export const writeBranchEnd = (branch: string): string =>
  `reset refs/heads/${branch}\nfrom ${'0'.repeat(40)}\n\n`;
