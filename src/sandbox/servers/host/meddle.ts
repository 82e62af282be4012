import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { EdgeGround } from './edge.ts';
import type { Mishap } from './fault-script.ts';
import { leftUntil, meetFault } from './faults.ts';
import type { Ended } from './forward.ts';

/** How often a request that is held looks whether it still is: a script may be taken back at any time. */
const LOOK_MS = 20;

/** Who is asked, as far as a script and the measurements name it. */
interface Asked {
  readonly route: string;
  readonly who: 'users' | 'release';
  readonly version: string | undefined;
}

async function hold({ faults, now }: EdgeGround, response: ServerResponse, until: number): Promise<void> {
  const { playing } = faults;
  while (!response.destroyed && faults.playing === playing && leftUntil(faults, until, now()) > 0)
    await wait(LOOK_MS, undefined, { ref: false });
}

/** The answer counts for the route and the version that it was taken from. */
const endedAs = (status: number, { route, version }: Asked): Ended => ({
  status,
  headers: { 'x-app-route': route, ...(version === undefined ? {} : { 'x-app-version': version }) },
});

function fail(request: IncomingMessage, response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ error: 'internal' }));
  request.resume();
}

async function suffer(
  mishap: Mishap,
  ground: EdgeGround,
  request: IncomingMessage,
  response: ServerResponse,
  asked: Asked,
): Promise<Ended | undefined> {
  if (mishap.kind === 'wait') await wait(mishap.ms, undefined, { ref: false });
  if (mishap.kind === 'hold') await hold(ground, response, mishap.until);
  // Whoever went away while it was held was not answered: that is no better than an error.
  if (mishap.kind === 'hold' && response.destroyed) return endedAs(504, asked);
  if (mishap.kind === 'fail') {
    fail(request, response, mishap.status);
    return endedAs(mishap.status, asked);
  }
  if (mishap.kind !== 'cut') return undefined;
  response.destroy();
  return endedAs(502, asked);
}

/** Does to a request what the script says; undefined: it is answered as ever. */
export const meddle = (
  ground: EdgeGround,
  request: IncomingMessage,
  response: ServerResponse,
  asked: Asked,
): Promise<Ended | undefined> =>
  suffer(meetFault(ground.faults, asked, ground.now()), ground, request, response, asked);
