import { randomUUID } from 'node:crypto';
import { scriptSchema } from '../servers/host/fault-script.ts';
import { type Answer, type Call, route, type StandIn, startStandIn } from '../servers/router.ts';
import type { World } from './start-world.ts';
import { isTrouble, TROUBLES, type Trouble } from './troubles.ts';

const done: Answer = { status: 200, json: { done: true } };

const unknownTrouble = (what: string): Answer => ({
  status: 404,
  json: { message: `nothing here is called ${what}`, known: Object.keys(TROUBLES) },
});

async function change(call: Call, act: (what: Trouble) => Promise<void>): Promise<Answer> {
  const what = call.params.what ?? '';
  if (!isTrouble(what)) return unknownTrouble(what);
  await act(what);
  return done;
}

function readRounds({ body }: Call): number {
  const { perSecond } = JSON.parse(body.toString('utf8')) as { perSecond?: unknown };
  return typeof perSecond === 'number' && perSecond >= 0 && perSecond <= 200 ? perSecond : 0;
}

/** What can be done to a world from outside of its process. */
const routesOf = (world: World, end: () => void) => [
  route('POST /break/:what', (call) => change(call, world.troubles.start)),
  route('POST /mend/:what', (call) => change(call, world.troubles.end)),
  route('POST /users', (call) => {
    world.users.use(readRounds(call));
    return done;
  }),
  route('POST /faults', (call) => {
    const script = scriptSchema.safeParse(JSON.parse(call.body.toString('utf8')));
    if (!script.success) return { status: 400, json: { message: script.error.message } };
    world.platform.play(script.data);
    return done;
  }),
  route('POST /prepare-bad', async () => {
    await world.prepareBadRelease();
    return done;
  }),
  route('GET /slack.txt', () => ({ status: 200, text: world.slack.asText() })),
  route('GET /slack.html', () => ({
    status: 200,
    text: world.slack.asPage(),
    headers: { 'content-type': 'text/html; charset=utf-8' },
  })),
  route('GET /status.html', () => ({
    status: 200,
    text: world.statuspage.asPage(),
    headers: { 'content-type': 'text/html; charset=utf-8' },
  })),
  route('POST /down', () => {
    // The answer must leave before the servers do.
    setTimeout(end, 50);
    return done;
  }),
];

/** A door to the world for whoever can read its file: loopback, and a token of its own. */
export async function openControl(
  world: World,
  end: () => void,
): Promise<{ readonly server: StandIn; readonly token: string }> {
  const token = randomUUID();
  const server = await startStandIn(routesOf(world, end), {
    before: ({ headers, method, path }) => {
      const isOpen = method === 'GET' && /^\/(slack|status)\./.test(path);
      if (isOpen || headers.authorization === `Bearer ${token}`) return undefined;
      return { status: 401, json: { message: 'the token of world.json is needed' } };
    },
  });
  return { server, token };
}
