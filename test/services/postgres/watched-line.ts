import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A line to the server that shows what is sent, and can be cut right after a COMMIT was answered. */
export async function openWatchedLine(port: number) {
  const first: Buffer[] = [];
  const sockets = new Set<Socket>();
  let cutsAtCommit = false;
  const server = createServer((client) => {
    const up = connect(port, '127.0.0.1');
    let isLast = false;
    let isFirst = true;
    for (const one of [client, up]) {
      sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        client.destroy();
        up.destroy();
      });
    }
    client.on('data', (data) => {
      if (isFirst) first.push(data);
      isFirst = false;
      isLast ||= cutsAtCommit && data.includes('commit\0');
      up.write(data);
    });
    up.on('data', (data) => {
      if (isLast) client.destroy();
      else client.write(data);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    /** Names of the parameters that every session was opened with. */
    startupParameters: (): readonly string[][] =>
      first.map((data) =>
        data
          .subarray(8)
          .toString()
          .split('\0')
          .filter((word, at) => at % 2 === 0 && word !== ''),
      ),
    cutAtCommit: () => {
      cutsAtCommit = true;
    },
    close: async () => {
      for (const one of sockets) one.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
