// Stands between the program and a server on loopback, as far away as a real one: `roundTripMs` there and back, one more
// for a connect, and `serviceMs` for the answer. Prints its ports as JSON; ends with its stdin.
import { connect, createServer } from 'node:net';

const links = JSON.parse(process.argv[2] ?? '[]');
const later = (ms, work) => setTimeout(work, ms);

/** Hands on what comes, everything equally late, so that the order stays. */
function pass(from, to, ms) {
  from.on('data', (chunk) => later(ms, () => to.writable && to.write(chunk)));
  from.on('end', () => later(ms, () => to.end()));
  from.on('error', () => later(ms, () => to.destroy()));
}

function open({ port, roundTripMs, serviceMs = 0, silent = false }) {
  const server = createServer((client) => {
    client.setNoDelay(true);
    if (silent) return void client.on('error', () => undefined).resume();
    const target = connect({ port, host: '127.0.0.1' }).setNoDelay(true);
    const connectedAt = performance.now();
    const shake = () => Math.max(0, roundTripMs - (performance.now() - connectedAt));
    client.on('data', (chunk) =>
      later(shake() + roundTripMs / 2, () => target.writable && target.write(chunk)),
    );
    client.on('end', () => later(roundTripMs / 2, () => target.end()));
    client.on('error', () => target.destroy());
    pass(target, client, roundTripMs / 2 + serviceMs);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
}

const ports = [];
for (const link of links) ports.push(await open(link));
process.stdout.write(`${JSON.stringify(ports)}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
