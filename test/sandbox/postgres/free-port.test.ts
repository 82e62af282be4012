import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { findFreePort, findFreePorts } from '../../../src/sandbox/postgres/free-port.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((done) => server.close(done));
});

async function listenOn(wanted: number): Promise<number> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

it('is one that can be listened on, and that no system gives to an outgoing connection', async () => {
  const port = await findFreePort();
  expect(port).toBeLessThan(32_768);
  expect(await listenOn(port)).toBe(port);
});

it('is never one that somebody has', async () => {
  const taken = await listenOn(await findFreePort());
  const free = await findFreePort();
  const draws = [taken, taken, free];
  expect(await findFreePort(() => draws.shift() as number)).toBe(free);
});

it('is chosen by the system when all that is drawn is taken', async () => {
  const taken = await listenOn(await findFreePort());
  const port = await findFreePort(() => taken);
  expect(port).not.toBe(taken);
  expect(await listenOn(port)).toBe(port);
});

it('is another one each, when two are wanted', async () => {
  const [one, other] = await findFreePorts();
  expect(one).not.toBe(other);
});
