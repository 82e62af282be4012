import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

/** A port of loopback that nobody uses at this moment. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Two of them. */
export async function findFreePorts(): Promise<readonly [number, number]> {
  const [one, other] = await Promise.all([findFreePort(), findFreePort()]);
  return one === other ? findFreePorts() : [one, other];
}
