import type { Surroundings } from '../surroundings.ts';
import { createBranch, deleteBackup, toBackup } from './backup.ts';
import { findByName, listBranches } from './branches.ts';
import { makeNeonCaller } from './client.ts';
import { withOpenBackup } from './open-backup.ts';
import type { NeonPort } from './port.ts';
import { readCapacity } from './read-capacity.ts';
import { readPlace } from './read-place.ts';
import { awaitRestore, listChildren, readRetentionSeconds, restoreBranch } from './restore.ts';
import { enterRoom } from './room.ts';
import { withTrialBranch } from './trial-branch.ts';

/** Neon by its official client; every call waits until Neon says that it is finished. */
export function makeNeon(surroundings: Surroundings): NeonPort {
  const ask = makeNeonCaller(surroundings);
  const room = (env: string) => enterRoom(ask, surroundings, env);
  return {
    retentionHours: async (env) => (await readRetentionSeconds(ask, room(env).target.project)) / 3600,
    capacity: async (env) => readCapacity(room(env)),
    place: async (env) => readPlace(room(env)),
    createBackup: async (env, name) => toBackup(await createBranch(room(env), { name })),
    findBackup: async (env, name) => {
      const found = await findByName(ask, room(env).target.project, name);
      return found && toBackup(found);
    },
    deleteBackup: async (env, id) => deleteBackup(room(env), id),
    withOpenBackup: async (env, id, read) => withOpenBackup(room(env), id, read),
    branchesNamed: async (env, prefix) => {
      const hits = await listBranches(ask, room(env).target.project, prefix);
      return hits.filter(({ name }) => name.startsWith(prefix)).map(toBackup);
    },
    withTrialBranch: async (env, order, use) => withTrialBranch(room(env), order, use),
    children: async (env) => (await listChildren(room(env))).map(({ name }) => name),
    restore: async (env, target, keepAs) => restoreBranch(room(env), target, keepAs),
    awaitRestore: async (env, keepAs) => awaitRestore(room(env), keepAs),
  };
}
