// A process whose only work is a platform, so that a test can kill it. Says the address, then lives on.
import { createJiti } from 'jiti';

const [origin, folder, app] = process.argv.slice(2);
const jiti = createJiti(import.meta.url);
const { startPlatform } = await jiti.import('../../src/sandbox/servers/host/start.ts');

const platform = await startPlatform({
  origin,
  folder,
  program: { command: process.execPath, args: [app] },
  env: {},
  branch: 'main',
  mode: 'request',
  appToken: 'token',
  buildMs: 0,
  promoteMs: 0,
});
await platform.publish('main');
process.stdout.write(`${platform.url}\n`);
