import { readdirSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';

/** A file of checks beside the configuration. */
export interface CheckFile {
  readonly path: string;
  /** As people see it: `checks/orders.check.ts`. */
  readonly name: string;
  /** True when the file lies elsewhere and only a link to it is here. */
  readonly isElsewhere: boolean;
}

/** The folder beside the configuration in which people keep checks of their own. */
const CHECK_FOLDER = 'checks';
const IS_CHECK = /\.check\.[cm]?[jt]s$/;

function listNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => IS_CHECK.test(name));
  } catch {
    return [];
  }
}

function isElsewhere(root: string, path: string): boolean {
  try {
    return !realpathSync(path).startsWith(`${realpathSync(root)}${sep}`);
  } catch {
    return true;
  }
}

/** `checks/*.check.ts` beside the configuration, by name. Nothing else chooses code: no flag, no variable, no network. */
export const findCheckFiles = (root: string): readonly CheckFile[] =>
  [...listNames(join(root, CHECK_FOLDER))].sort().map((file) => {
    const path = join(root, CHECK_FOLDER, file);
    return { path, name: `${CHECK_FOLDER}/${file}`, isElsewhere: isElsewhere(root, path) };
  });
