import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeWorldSecrets } from '../../../src/sandbox/world/make-secrets.ts';
import { startUsers, type Users } from '../../../src/sandbox/world/start-users.ts';

let server: Server;
let users: Users;
let isClosed = false;
let rounds = 0;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  [isClosed, rounds] = [false, 0];
  server = createServer((request, response) => {
    if (request.url === '/api/assessments') rounds += 1;
    const isPage = isClosed && request.url !== '/api/auth/login';
    response.writeHead(isPage ? 503 : 200, isPage ? { 'retry-after': '120' } : {});
    response.end('{"token":"t"}');
    request.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const app = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  users = startUsers({ app, secrets: makeWorldSecrets(), price: 'price_1', pay: async () => undefined });
});
afterEach(async () => {
  await users.stop();
  vi.useRealTimers();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Lets so much time pass for the users, and everything that they have begun come to its end. */
async function pass(ms: number): Promise<void> {
  vi.advanceTimersByTime(ms);
  await users.settled();
  await turn();
}

describe('users of the sandbox', () => {
  it('go as many rounds as they were asked for, and none before and after', async () => {
    await pass(1_000);
    expect(rounds).toBe(0);
    users.use(10);
    for (let i = 0; i < 10; i += 1) await pass(100);
    expect(rounds).toBe(10);
    users.use(0);
    await pass(1_000);
    expect(rounds).toBe(10);
  });

  it('who meet the page of a maintenance look in again half a second later, and not before', async () => {
    isClosed = true;
    users.use(10);
    await pass(100);
    expect(rounds).toBe(1);
    for (let i = 0; i < 4; i += 1) await pass(100);
    expect(rounds).toBe(1);
    isClosed = false;
    for (let i = 0; i < 3; i += 1) await pass(100);
    expect(rounds).toBe(4);
  });
});
