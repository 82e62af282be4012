import type { ArchivePort } from '../../../src/services/archive/port.ts';

/** Files that are kept in memory alone. */
export function makeArchiveOf(): ArchivePort & { names(): readonly string[] } {
  const files = new Map<string, string>();
  return {
    placeOf: (_env, name) => name,
    write: async (_env, name, text) => {
      files.set(name, text);
    },
    read: async (_env, name) => files.get(name),
    names: () => [...files.keys()],
  };
}
