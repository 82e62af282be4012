import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { ReleaseError } from '../../domain/failure.ts';
import type { Surroundings } from '../surroundings.ts';
import type { ArchivePort } from './port.ts';

/** Folders and a file, in plain letters: never a way out of the folder. */
const NAME = /^(?:[a-z0-9][a-z0-9.-]*\/)*[a-z0-9][a-z0-9.-]*$/i;

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? 'unknown');

const trouble = (doing: 'read' | 'written', path: string, error: unknown): ReleaseError =>
  new ReleaseError('E_ARCHIVE', {
    what: `${path} could not be ${doing}: ${codeOf(error)}.`,
    why: 'It lies beside the ledger and is a part of the record.',
    next: 'Correct its owner and rights, or make room on the disk; then resume.',
    state: 'untouched',
  });

/** A name without its bytes, or bytes without their name, are lost with the power. */
async function force(path: string, write?: string): Promise<void> {
  const file = await open(path, write === undefined ? 'r' : 'w', 0o600);
  try {
    if (write !== undefined) await file.writeFile(write);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await force(draft, text);
    await rename(draft, path);
    if (process.platform !== 'win32') await force(dirname(path));
  } finally {
    await rm(draft, { force: true });
  }
}

/** The folder of each environment's ledger. */
export function makeArchive({ runbook, root }: Pick<Surroundings, 'runbook' | 'root'>): ArchivePort {
  const pathOf = (env: string, name: string): string => {
    if (!NAME.test(name) || name.includes('..')) throw new TypeError(`not a name in the archive: ${name}`);
    const folder = runbook.environments[env]?.ledger.folder ?? '.release/state';
    return join(resolve(root, folder), runbook.service, env, name);
  };
  return {
    placeOf: (env, name) => {
      const place = relative(root, pathOf(env, name));
      return place.startsWith('..') ? pathOf(env, name) : place;
    },
    write: async (env, name, text) => {
      const path = pathOf(env, name);
      await writeWhole(path, text).catch((error: unknown) => {
        throw trouble('written', path, error);
      });
    },
    read: async (env, name) => {
      const path = pathOf(env, name);
      return readFile(path, 'utf8').catch((error: unknown) => {
        if (codeOf(error) === 'ENOENT') return undefined;
        throw trouble('read', path, error);
      });
    },
  };
}
