import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

interface Manners {
  /** An address this server does not take. */
  readonly refuse?: string;
  /** Takes the letter and hangs up instead of saying so. */
  readonly dropAfterData?: boolean;
}

/** A mail server on loopback that keeps what it is given. */
export async function startMailServer(manners: Manners = {}) {
  const letters: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    converse(socket, letters, manners);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return { url: `smtp://127.0.0.1:${port}`, letters, close };
}

function converse(socket: Socket, letters: string[], manners: Manners): void {
  let pending = '';
  let letter: string[] | undefined;
  const finishLetter = (): void => {
    letters.push((letter ?? []).join('\n'));
    letter = undefined;
    if (manners.dropAfterData) socket.destroy();
    else socket.write('250 kept\r\n');
  };
  const hear = (line: string): void => {
    if (letter !== undefined) {
      if (line === '.') finishLetter();
      else letter.push(line);
      return;
    }
    if (line === 'DATA') letter = [];
    socket.write(`${answerTo(line, manners)}\r\n`);
  };
  socket.write('220 test\r\n');
  socket.on('data', (bytes) => {
    const lines = (pending + bytes.toString('utf8')).split('\r\n');
    pending = lines.pop() ?? '';
    for (const line of lines) hear(line);
  });
}

function answerTo(line: string, { refuse }: Manners): string {
  if (line.startsWith('RCPT') && refuse !== undefined && line.includes(refuse)) return '550 not here';
  if (line === 'DATA') return '354 go on';
  return line === 'QUIT' ? '221 bye' : '250 fine';
}
