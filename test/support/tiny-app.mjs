// The smallest application that keeps the platform's contract: its tree says what it is, its stdin when to end.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

const { APP_ROOT, APP_COMMIT, APP_NAME } = process.env;
const { version, crash } = JSON.parse(readFileSync(join(APP_ROOT, 'package.json'), 'utf8'));
if (crash) {
  process.stderr.write('tiny: it cannot start\n');
  process.exit(1);
}

const health = { status: 'ok', version, commit: APP_COMMIT, environment: APP_NAME, maintenance: false };

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://tiny');
  const said = { 'x-app-route': pathname.split('/').slice(0, 2).join('/'), 'x-app-version': version };
  if (pathname === '/echo') {
    response.writeHead(200, { ...said, 'content-type': 'application/octet-stream' });
    for await (const part of request) response.write(part);
    response.end();
    return;
  }
  if (pathname === '/held') {
    response.writeHead(200, said);
    response.write('begun ');
    await new Promise((done) => request.once('data', done));
    response.end('ended');
    return;
  }
  const status = Number(searchParams.get('status') ?? 200);
  response.writeHead(status, { ...said, 'content-type': 'application/json' });
  response.end(JSON.stringify(pathname === '/env' ? { ...process.env, pid: process.pid } : health));
});

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: server.address().port })}\n`);
});
process.stdin.on('end', () => process.exit(0)).resume();
