import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

function list(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((one) => one.isDirectory())
      .map((one) => one.name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** The scopes under a ledger folder that have a journal, `service/environment`. */
export const listScopes = (folder: string): readonly string[] =>
  list(folder)
    .flatMap((service) => list(join(folder, service)).map((env) => `${service}/${env}`))
    .filter((scope) => existsSync(join(folder, scope, 'journal.jsonl')));
