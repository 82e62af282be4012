import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Forces the names in a folder to the disk: a new file without its name is lost with the power. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
