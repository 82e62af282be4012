import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const search = (folder: string): string => {
  if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'runbook.config.yaml')))
    return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error('the files of this installation are missing');
  return search(above);
};

/** Folder of this package: sources and bundle lie at different depths. */
export const findPackageRoot = (): string => search(dirname(fileURLToPath(import.meta.url)));

/** A program of the bundle, like `sandbox-app.cjs`; throws when the package was not built. */
export function findProgram(name: string): string {
  const file = join(findPackageRoot(), 'dist', name);
  if (existsSync(file)) return file;
  throw new Error(`${file} is missing: npm run build`);
}
