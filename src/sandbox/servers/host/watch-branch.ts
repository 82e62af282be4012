import { type FSWatcher, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const LOOK_EVERY_MS = 250;

const read = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '');

/** The commit of a ref, read from its file or from the packed ones: no process four times a second. */
async function readRef(origin: string, name: string): Promise<string | undefined> {
  const loose = (await read(join(origin, name))).trim();
  if (loose !== '') return loose;
  const lines = (await read(join(origin, 'packed-refs'))).split('\n');
  return lines.find((line) => line.endsWith(` ${name}`))?.split(' ')[0];
}

/** Hears at once of a moved branch where the system tells; elsewhere the poll finds it. */
function listen(file: string, look: () => void): FSWatcher | undefined {
  try {
    return watch(dirname(file), { persistent: false }, look).on('error', () => undefined);
  } catch {
    return undefined;
  }
}

/**
 * Calls `moved` with every new commit of a branch, from the present one on. Resolves, when the present one is known,
 * to what ends the watching.
 */
export async function watchBranch(
  origin: string,
  branch: string,
  moved: (commit: string) => void,
): Promise<() => Promise<void>> {
  const name = `refs/heads/${branch}`;
  let known = await readRef(origin, name);
  let looking: Promise<void> | undefined;
  let isOver = false;
  const lookOnce = async (): Promise<void> => {
    const commit = await readRef(origin, name);
    if (isOver || commit === undefined || commit === known) return;
    known = commit;
    moved(commit);
  };
  const look = (): void => {
    looking ??= lookOnce().finally(() => {
      looking = undefined;
    });
  };
  const watcher = listen(join(origin, name), look);
  const timer = setInterval(look, LOOK_EVERY_MS);
  return async () => {
    isOver = true;
    clearInterval(timer);
    watcher?.close();
    await looking;
  };
}
