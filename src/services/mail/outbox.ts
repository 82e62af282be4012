import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A file name made of harmless characters only: no path, no leading dot. */
const safeFileName = (name: string): string =>
  name
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 80) || 'message';

const isTaken = (error: unknown): boolean => (error as { code?: unknown }).code === 'EEXIST';

/** Creates a file that was not there; false when there is one already, whatever it is. */
async function create(file: string, content: string | Buffer): Promise<boolean> {
  try {
    await writeFile(file, content, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
}

async function createPair(base: string, letter: Letterhead): Promise<readonly string[] | undefined> {
  const [eml, txt] = [`${base}.eml`, `${base}.txt`];
  if (!(await create(eml, letter.eml))) return undefined;
  if (await create(txt, letter.txt)) return [eml, txt];
  await rm(eml);
  return undefined;
}

interface Letterhead {
  readonly eml: Buffer;
  readonly txt: string;
}

/** Writes `<name>.eml` and `<name>.txt` for a person to send; the next free `-2`, `-3` … when they exist. */
export async function writeToOutbox(
  folder: string,
  name: string,
  letter: Letterhead,
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const base = join(folder, safeFileName(name));
  for (let n = 1; ; n += 1) {
    const files = await createPair(n === 1 ? base : `${base}-${n}`, letter);
    if (files !== undefined) return files;
  }
}
