import { randomInt } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

/**
 * Below the ports that Linux (32768 and up), macOS and Windows (49152 and up) give to outgoing connections: a server that
 * stops for a restore or a publish finds its port free when it starts again.
 */
const FROM = 20_000;
const TO = 32_000;
const DRAWS = 50;

/** The port as it was bound and let go again; undefined when somebody has it. 0 lets the system choose. */
function tryPort(wanted: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(undefined) : reject(error),
    );
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

const drawPort = (): number => randomInt(FROM, TO);

/** A port of loopback that nobody uses at this moment, and that no outgoing connection will be given. */
export async function findFreePort(draw: () => number = drawPort): Promise<number> {
  for (let draws = 0; draws < DRAWS; draws += 1) {
    const port = await tryPort(draw());
    if (port !== undefined) return port;
  }
  const port = await tryPort(0);
  if (port === undefined) throw new Error('no port of 127.0.0.1 is free');
  return port;
}

/** Two of them. */
export async function findFreePorts(): Promise<readonly [number, number]> {
  const [one, other] = await Promise.all([findFreePort(), findFreePort()]);
  return one === other ? findFreePorts() : [one, other];
}
