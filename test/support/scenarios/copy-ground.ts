import { join } from 'node:path';
import { makeReachableFolder } from '../../../src/sandbox/postgres/drop-privileges.ts';
import { makeClosing } from '../../../src/sandbox/world/closing.ts';
import { makeWorldSecrets } from '../../../src/sandbox/world/make-secrets.ts';
import { startGround } from '../../../src/sandbox/world/start-ground.ts';
import { copyClusterFiles } from '../copy-cluster.ts';
import { copyOwned, makeOnce } from '../make-once.ts';

/** The databases and the repository that every world begins with: to copy them takes a quarter of the time of making them. */
export async function copyGround(): Promise<string> {
  const filled = await makeOnce('ground', async (folder) => {
    const closing = makeClosing();
    await startGround(folder, makeWorldSecrets(), closing).finally(() => closing.close());
  });
  const ground = makeReachableFolder('release-sandbox-');
  await copyOwned(join(filled, 'origin.git'), join(ground, 'origin.git'));
  await copyClusterFiles(join(filled, 'postgres'), join(ground, 'postgres'));
  return ground;
}
