import { constants } from 'node:fs';
import { type FileHandle, open, readdir, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { decodeText } from './decode-text.ts';
import type { ReportFile, ReportsPort } from './port.ts';
import { missingReport, unreadableReport } from './refusals.ts';

/** Together; the largest report that a test suite of thousands writes is a tenth of this. */
const LARGEST_BYTES = 50_000_000;
const MOST_FILES = 500;
const CHUNK = 1_000_000;

// Without O_NONBLOCK the open of a pipe waits until somebody writes into it, which may be never.
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? 'unknown');

const isAbsent = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(codeOf(error));

/** Names in the folder that fit; a star stands for any letters, everything else for itself. */
async function findNames(root: string, path: string): Promise<readonly string[]> {
  const pattern = basename(path);
  if (!pattern.includes('*')) return [path];
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*');
  const fits = new RegExp(`^${escaped}$`);
  const folder = await findInside(root, dirname(path));
  const names = await readdir(folder).catch((error: unknown) => {
    throw isAbsent(error) ? missingReport(path) : unreadableReport(path, codeOf(error));
  });
  return names.filter((name) => fits.test(name)).map((name) => join(dirname(path), name));
}

/** The file behind all links; refuses one that leads out of the folder. */
async function findInside(root: string, path: string): Promise<string> {
  const home = await realpath(root);
  const place = await realpath(join(home, path)).catch((error: unknown) => {
    throw isAbsent(error) ? missingReport(path) : unreadableReport(path, codeOf(error));
  });
  const way = relative(home, place);
  if (way === '..' || way.startsWith(`..${sep}`) || way.includes(`:${sep}`))
    throw unreadableReport(path, 'it leads out of the folder of the configuration');
  return place;
}

const tooLarge = (path: string) =>
  unreadableReport(path, `it is larger than ${LARGEST_BYTES / 1_000_000} MB`);

/** The whole of a file, never more than `most` bytes: a file may grow while it is read. */
async function readBytes(handle: FileHandle, path: string, most: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let seen = 0;
  for (;;) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(CHUNK), 0, CHUNK, null);
    if (bytesRead === 0) return Buffer.concat(parts);
    seen += bytesRead;
    if (seen > most) throw tooLarge(path);
    parts.push(buffer.subarray(0, bytesRead));
  }
}

async function readOne(root: string, path: string, most: number): Promise<ReportFile> {
  const place = await findInside(root, path);
  const handle = await open(place, FLAGS).catch((error: unknown) => {
    throw isAbsent(error) ? missingReport(path) : unreadableReport(path, codeOf(error));
  });
  try {
    const facts = await handle.stat();
    if (!facts.isFile()) throw unreadableReport(path, 'it is no plain file');
    if (facts.size > most) throw tooLarge(path);
    const text = decodeText(await readBytes(handle, path, most));
    return { path, at: facts.mtime.toISOString(), text };
  } finally {
    await handle.close();
  }
}

/** Reports below `root`, each read anew when it is asked for. */
export const makeReports = (root: string): ReportsPort => ({
  read: async (path) => {
    const names = [...(await findNames(root, path))].sort();
    if (names.length === 0) throw missingReport(path);
    if (names.length > MOST_FILES) throw unreadableReport(path, `more than ${MOST_FILES} files fit`);
    const files: ReportFile[] = [];
    let left = LARGEST_BYTES;
    for (const name of names) {
      const file = await readOne(root, name, left);
      left -= Buffer.byteLength(file.text);
      files.push(file);
    }
    return files;
  },
});
