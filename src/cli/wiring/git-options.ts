import { join } from 'node:path';
import type { Runbook } from '../../config/schema/index.ts';
import type { GitOptions } from '../../services/git/open-git.ts';
import type { ShellPort } from '../../services/shell/port.ts';

/** Folder of the program's own files beside the configuration. */
const OWN_FOLDER = '.release';

/** The remote of the code, and the cache through which everything of ours reaches it. `root`: where the configuration lies. */
export const gitOptionsOf = ({ source }: Runbook, root: string, shell: ShellPort): GitOptions => ({
  shell,
  remote: source.remote,
  cacheFolder: join(root, OWN_FOLDER, 'git'),
  checkoutFolder: root,
  identity: source.identity,
});
