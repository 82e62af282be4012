import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Version of this program, from the nearest package.json upwards: chunks and sources lie at different depths. */
export function readToolVersion(from = dirname(fileURLToPath(import.meta.url))): string {
  const file = join(from, 'package.json');
  if (!existsSync(file)) return dirname(from) === from ? '0.0.0' : readToolVersion(dirname(from));
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version?: string };
  return version ?? '0.0.0';
}
