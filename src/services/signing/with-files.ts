import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Puts texts into files that only we can read, gives their paths, and takes them away whatever happens. */
export async function withFiles<T>(
  texts: Readonly<Record<string, string>>,
  work: (pathOf: (name: string) => string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'release-sign-'));
  const pathOf = (name: string): string => join(folder, name);
  try {
    for (const [name, text] of Object.entries(texts)) await writeFile(pathOf(name), text, { mode: 0o600 });
    return await work(pathOf);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
