import { type AddressInfo, createServer, type Socket } from 'node:net';
import pg from 'pg';

/** Messages that end a unit of work: Sync, and a simple Query. */
const ENDS = ['S', 'Q'];
/** What a pooler lets a session be opened with; it refuses any other setting. */
const ALLOWED = ['user', 'database', 'application_name', 'client_encoding'];

const message = (kind: string, body: Buffer = Buffer.alloc(0)): Buffer => {
  const head = Buffer.alloc(5);
  head.write(kind);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};
const text = (...words: string[]): Buffer => Buffer.from(`${words.join('\0')}\0`);
const GREETING = Buffer.concat([
  message('R', Buffer.from([0, 0, 0, 0])),
  message('S', text('server_version', '18.0')),
  message('S', text('client_encoding', 'UTF8')),
  message('Z', Buffer.from('I')),
]);
const refusal = (said: string): Buffer =>
  message('E', Buffer.concat([text('SFATAL', 'VFATAL', 'C08P01', `M${said}`), Buffer.from([0])]));

/** Cuts whole messages off the front; what is left is the beginning of the next one. */
function takeMessages(data: Buffer): { readonly whole: Buffer[]; readonly rest: Buffer } {
  const whole: Buffer[] = [];
  let at = 0;
  while (data.length - at >= 5 && data.length - at >= data.readInt32BE(at + 1) + 1) {
    const end = at + data.readInt32BE(at + 1) + 1;
    whole.push(data.subarray(at, end));
    at = end;
  }
  return { whole, rest: data.subarray(at) };
}

/** A session of the server, without the driver that opened it. */
async function openSession(url: string): Promise<Socket> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  stream.removeAllListeners('data');
  return stream;
}

/** Sends a unit of work and gives everything that comes back, up to ReadyForQuery. */
function exchange(session: Socket, unit: Buffer): Promise<{ answer: Buffer; state: string }> {
  return new Promise((done) => {
    let data = Buffer.alloc(0);
    const listen = (piece: Buffer): void => {
      data = Buffer.concat([data, piece]);
      const last = takeMessages(data).whole.at(-1);
      if (last === undefined || String.fromCharCode(last[0] ?? 0) !== 'Z') return;
      session.off('data', listen);
      done({ answer: data, state: String.fromCharCode(last[5] ?? 0) });
    };
    session.on('data', listen);
    session.write(unit);
  });
}

/**
 * A pooler in transaction mode, as PgBouncer and Neon's are one: each transaction of a client goes to another session
 * of the server, which forgets everything afterwards. What needs a session of its own is refused.
 */
export async function openTransactionPooler(url: string, width = 3) {
  const sessions = await Promise.all(Array.from({ length: width }, () => openSession(url)));
  const free = [...sessions];
  const waiting: ((session: Socket) => void)[] = [];
  const used = new Map<Socket, number>();
  const refused: string[] = [];
  const clients = new Set<Socket>();
  const borrow = (): Promise<Socket> => {
    const session = free.shift();
    return session ? Promise.resolve(session) : new Promise((done) => waiting.push(done));
  };
  const giveBack = (session: Socket): void => {
    const next = waiting.shift();
    if (next) next(session);
    else free.push(session);
  };

  const serve = (client: Socket): void => {
    clients.add(client);
    client.on('error', () => undefined);
    client.on('close', () => clients.delete(client));
    let data = Buffer.alloc(0);
    let isGreeted = false;
    let unit: Buffer[] = [];
    let line: Promise<void> = Promise.resolve();
    const refuse = (said: string): void => {
      refused.push(said);
      client.end(refusal(said));
    };
    const greet = (): void => {
      if (data.length < 4 || data.length < data.readInt32BE(0)) return;
      const words = data.subarray(8, data.readInt32BE(0)).toString().split('\0');
      const names = words.filter((word, i) => i % 2 === 0 && word !== '');
      const odd = names.find((name) => !ALLOWED.includes(name));
      if (odd !== undefined) refuse(`unsupported startup parameter: ${odd}`);
      if (odd !== undefined) return;
      data = data.subarray(data.readInt32BE(0));
      isGreeted = true;
      client.write(GREETING);
    };
    const run = async (bytes: Buffer): Promise<void> => {
      const session = await borrow();
      used.set(session, (used.get(session) ?? 0) + 1);
      const { answer, state } = await exchange(session, bytes);
      // Ours never leave one open: a transaction of several statements would have to keep its session.
      if (state !== 'I') refuse('a transaction was left open');
      else client.write(answer);
      await exchange(session, message('Q', text('rollback')));
      await exchange(session, message('Q', text('discard all')));
      giveBack(session);
    };
    client.on('data', (piece) => {
      data = Buffer.concat([data, piece]);
      if (!isGreeted) greet();
      if (!isGreeted) return;
      const { whole, rest } = takeMessages(data);
      data = Buffer.from(rest);
      for (const one of whole) {
        const kind = String.fromCharCode(one[0] ?? 0);
        if (kind === 'X') return client.end();
        if (kind === 'P' && one[5] !== 0) return refuse('a statement was prepared by name');
        unit.push(Buffer.from(one));
        if (!ENDS.includes(kind)) continue;
        const bytes = Buffer.concat(unit);
        unit = [];
        line = line.then(() => run(bytes));
      }
    });
  };

  const server = createServer(serve);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const through = new URL(url);
  through.port = String((server.address() as AddressInfo).port);
  through.password = '';
  return {
    url: through.href,
    /** Transactions that each session of the server has carried. */
    loads: (): readonly number[] => sessions.map((session) => used.get(session) ?? 0),
    refused: (): readonly string[] => refused,
    close: async (): Promise<void> => {
      for (const one of [...clients, ...sessions]) one.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}
