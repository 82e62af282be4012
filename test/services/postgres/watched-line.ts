import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * A line to the server that shows what is sent, can be cut right after a COMMIT was answered, and can keep every answer
 * back from one text on until another was sent too.
 */
export async function openWatchedLine(port: number) {
  const first: Buffer[] = [];
  const sockets = new Set<Socket>();
  let cutsAtCommit = false;
  let held: readonly [from: string, until: string] | undefined;
  const server = createServer((client) => {
    const up = connect(port, '127.0.0.1');
    let isLast = false;
    let isFirst = true;
    let sent = '';
    const kept: Buffer[] = [];
    const isHeld = (): boolean => held !== undefined && sent.includes(held[0]) && !sent.includes(held[1]);
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
      sent += data.toString('latin1');
      up.write(data);
      if (!isHeld()) client.write(Buffer.concat(kept.splice(0)));
    });
    up.on('data', (data) => {
      if (isLast) client.destroy();
      else if (isHeld()) kept.push(data);
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
    holdAnswers: (from: string, until: string) => {
      held = [from, until];
    },
    close: async () => {
      for (const one of sockets) one.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
