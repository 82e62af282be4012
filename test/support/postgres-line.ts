import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** ReadyForQuery outside of a transaction: whatever was asked before is committed. */
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

/** A line to a server that can be cut, also just before an answer reaches the one who asked. */
export async function openPostgresLine(port: () => number) {
  const sockets = new Set<Socket>();
  let isOpen = true;
  let lost: RegExp | undefined;
  let drops = 0;
  const server = createServer((client) => {
    if (!isOpen) return client.destroy();
    const up = connect(port(), '127.0.0.1');
    const pieces: Buffer[] = [];
    for (const one of [client, up]) {
      sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        sockets.delete(one);
        client.destroy();
        up.destroy();
      });
    }
    client.on('data', (data) => up.write(data));
    up.on('data', (data) => {
      if (lost === undefined) return client.write(data);
      pieces.push(data);
      const answer = Buffer.concat(pieces);
      if (!answer.subarray(-READY.length).equals(READY)) return;
      pieces.splice(0);
      if (!lost.test(answer.toString('latin1'))) return client.write(answer);
      lost = undefined;
      drops += 1;
      client.destroy();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const cut = (): void => {
    for (const one of sockets) one.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    /** The next answer that looks like this is never delivered: its session is cut instead. */
    loseNext: (answer: RegExp): void => {
      lost = answer;
    },
    /** How many answers were lost so far. */
    drops: (): number => drops,
    /** Cuts every session, and refuses new ones until `mend`. */
    block: (): void => {
      isOpen = false;
      cut();
    },
    mend: (): void => {
      isOpen = true;
    },
    close: async (): Promise<void> => {
      cut();
      await new Promise((done) => server.close(done));
    },
  };
}
